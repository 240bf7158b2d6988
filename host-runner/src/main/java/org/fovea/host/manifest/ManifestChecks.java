package org.fovea.host.manifest;

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
    checks.heads();
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

  private void heads() {
    for (int i = 0; i < detector.heads().size(); i++) {
      Head head = detector.heads().get(i);
      String at = "/heads/" + i;
      if (head instanceof Head.Grid grid) {
        grid(grid, at);
      } else if (head instanceof Head.Rows rows && isKnown(rows.output(), at + "/output")) {
        List<Integer> shape = detector.outputs().get(rows.output()).shape();
        expect(
            last(shape) == Head.Rows.COLUMNS,
            at,
            "asks for an output whose rows have " + Head.Rows.COLUMNS + " values, not " + shape);
      }
    }
  }

  private void grid(Head.Grid head, String at) {
    expect(!head.anchors().isEmpty(), at + "/anchors", "is empty");
    boolean split = head.parts().size() > 1;
    expect(
        !split || head.layout() == Head.Layout.CELL_ANCHOR_VALUE,
        at + "/layout",
        "is not cell_anchor_value, and each field has its own output");
    for (Head.Part part : head.parts()) {
      if (isKnown(part.output(), at + (split ? "/outputs" : "/output"))) {
        part(head, part, at);
      }
    }
  }

  private void part(Head.Grid head, Head.Part part, String at) {
    Output output = detector.outputs().get(part.output());
    int last = last(output.shape());
    int values = head.anchors().size() * part.values();
    expect(
        output.bytes() == (long) head.cells() * values
            && (head.layout() == Head.Layout.ANCHOR_VALUE_CELL
                || last == values
                || last == part.values()),
        at,
        "asks for "
            + (head.rows() + " x " + head.columns() + " cells of " + values + " values, and ")
            + ("output " + part.output() + " is " + output.shape()));
  }

  private static int last(List<Integer> shape) {
    return shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
  }

  private boolean isKnown(int output, String at) {
    boolean known = output < detector.outputs().size();
    expect(known, at, output + " is no index into outputs");
    return known;
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
