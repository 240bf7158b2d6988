package org.fovea.host.manifest;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.fault.Finding;

/** What a manifest's parts must say about each other. */
final class ManifestChecks {
  private final Detector detector;
  private final String file;
  private final List<Finding> findings;

  private ManifestChecks(Detector detector, String file, List<Finding> findings) {
    this.detector = detector;
    this.file = file;
    this.findings = findings;
  }

  static void check(Deployment deployment, String file, List<Finding> findings) {
    check(deployment.detector(), file, findings);
    ManifestChecks checks = new ManifestChecks(deployment.detector(), file, findings);
    checks.layers(deployment.layers());
    checks.emulator(deployment.emulator());
  }

  static void check(Detector detector, String file, List<Finding> findings) {
    ManifestChecks checks = new ManifestChecks(detector, file, findings);
    checks.input();
    checks.outputs();
    if (detector.head() instanceof Head.Yolov2 head) {
      checks.head(head);
    }
  }

  private void input() {
    Input in = detector.input();
    expect(in.channels() == 1 || in.channels() == 3, "/input/channels", "is neither 1 nor 3");
    expect(
        !in.isCamera() || in.channels() == 3,
        "/input/pixels",
        "has colours, and channels is not 3");
    expect(
        in.pixels() != Input.Pixels.YUV422 || in.width() % 2 == 0,
        "/input/pixels",
        "pairs pixels, and width is odd");
    expect(
        in.pixelScale().size() == in.channels() && in.pixelOffset().size() == in.channels(),
        "/input/pixel_scale",
        "and pixel_offset have not one value per channel");
    expect(
        zeroPointFits(in.type() == Input.ByteType.UINT8, in.zeroPoint()),
        "/input/zero_point",
        "does not fit the input's type");
  }

  private void outputs() {
    expect(!detector.outputs().isEmpty(), "/outputs", "is empty");
    for (int i = 0; i < detector.outputs().size(); i++) {
      Output out = detector.outputs().get(i);
      double product =
          out.shape().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
      expect(product == out.bytes(), "/outputs/" + i + "/bytes", "is not the product of the shape");
      expect(zeroPointFits(false, out.zeroPoint()), "/outputs/" + i + "/zero_point", "is no int8");
    }
  }

  private void layers(List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      expect(layers.get(i).index() == i, "/layers/" + i + "/index", "is not " + i);
    }
  }

  private void head(Head.Yolov2 head) {
    expect(!head.anchors().isEmpty(), "/head/anchors", "is empty");
    List<Long> cells = new ArrayList<>();
    for (Head.Part part : head.parts()) {
      boolean known = part.output() < detector.outputs().size();
      String at = head.parts().size() == 1 ? "/head/output" : "/head/outputs";
      expect(known, at, part.output() + " is no index into outputs");
      if (known && !head.anchors().isEmpty()) {
        long values = (long) head.anchors().size() * part.values();
        cells.add(detector.outputs().get(part.output()).bytes() / values);
        part(part, values);
      }
    }
    expect(
        cells.stream().distinct().count() <= 1,
        "/head/outputs",
        "have " + cells + " cells, not the same in each");
  }

  private void part(Head.Part part, long values) {
    List<Integer> shape = detector.outputs().get(part.output()).shape();
    expect(
        (shape.size() == 3 || shape.size() == 4)
            && shape.get(0) == 1
            && shape.get(shape.size() - 1) == values,
        "/head",
        "asks for an output (1, cells, " + values + ") or (1, H, W, " + values + "), not " + shape);
  }

  private void emulator(EmulatorCommand emulator) {
    // The file may come from anywhere: it must not be able to start any other program.
    expect(
        !emulator.isPresent() || emulator.command().get(0).matches("qemu-[a-z0-9]+(-[a-z0-9]+)?"),
        "/emulator/command/0",
        "is not the plain name of a QEMU program, qemu-system-arm or its like");
  }

  private static boolean zeroPointFits(boolean unsigned, int zeroPoint) {
    return unsigned ? zeroPoint >= 0 : zeroPoint <= 127;
  }

  private void expect(boolean holds, String at, String what) {
    if (!holds) {
      findings.add(
          new Finding(
              file + at,
              what,
              "The parts of the file contradict each other",
              "Make it again with `fovea generate`"));
    }
  }
}
