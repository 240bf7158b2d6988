import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.line.FaultSweep;
import org.fovea.cli.line.LineSpeed;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.cli.line.SimulatedLine;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.manifest.Layer;

/** Prints the tables of benchmarks/link. All times are of the simulated line. */
final class Link {
  private static final int[] BAUDS = {1_000_000, 2_000_000, 3_000_000};
  private static final int[] TURNAROUNDS_MS = {1, 2};
  private static final double NOISE = 1e-4;
  private static final int NOISY_IMAGES = 10;

  /** A Cortex-M7 at 400 MHz that does one multiplication a cycle. */
  private static final double NANOS_PER_MAC = 2.5;

  private record Model(String name, Path file) {}

  private final Path root;
  private final Path work;
  private double leastUtilisation = 1;
  private double leastNoisy = 1;
  private double mostLatency;
  private double mostInterval;

  private Link(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path models = Path.of(arguments[1]);
    Path work = Files.createTempDirectory("fovea-link");
    try {
      new Link(root, work)
          .run(
              List.of(
                  new Model("roadsigns_192", root.resolve("models/roadsigns/roadsigns_192_int8.tflite")),
                  new Model("tiny_yolo_v2_224", models.resolve("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite")),
                  new Model("tiny_yolo_v2_416", models.resolve("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite"))));
    } finally {
      try (var files = Files.walk(work)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }

  private void run(List<Model> models) throws Exception {
    List<RuntimeDevice.Firmware> built = new ArrayList<>();
    for (Model model : models) {
      built.add(RuntimeDevice.build(root, compiled(model, PlanGoal.DEFAULT), work.resolve(model.name())));
    }
    utilisation(models, built);
    latency(models, built);
    faults();
  }

  private static Compiled compiled(Model model, PlanGoal goal) throws Exception {
    return Compiled.of(ModelFile.read(model.file()), goal, PixelFormat.RGB888, KernelSet.PORTABLE);
  }

  private void utilisation(List<Model> models, List<RuntimeDevice.Firmware> built) throws Exception {
    print("Image bytes of what the line carries; a network that takes no time; noise damages a byte in 10,000, both ways%n");
    print("%-18s %9s %12s %10s %12s %16s%n", "model", "baud", "turnaround", "image s", "utilisation", "speed with noise");
    for (int i = 0; i < models.size(); i++) {
      for (int baud : BAUDS) {
        for (int ms : TURNAROUNDS_MS) {
          SimulatedLine.Pace pace = SimulatedLine.Pace.ofLine(baud, ms * 1_000_000L);
          double clean = LineSpeed.seconds(built.get(i), pace, 0, 1);
          double noisy = clean / LineSpeed.seconds(built.get(i), pace, NOISE, NOISY_IMAGES);
          double utilisation = LineSpeed.utilisation(built.get(i), baud, clean);
          leastUtilisation = Math.min(leastUtilisation, utilisation);
          leastNoisy = Math.min(leastNoisy, noisy);
          print("%-18s %9d %9d ms %10.3f %12.4f %16.3f%n", models.get(i).name(), baud, ms, clean, utilisation, noisy);
        }
      }
    }
  }

  /** Of the plan for the shortest time and of the one for throughput. */
  private void latency(List<Model> models, List<RuntimeDevice.Firmware> built) throws Exception {
    print("%nOne frame, and the time between results of a `throughput` plan; %.1f ns a multiplication, 1 ms turnaround; s%n", NANOS_PER_MAC);
    print("%-18s %9s %9s %9s %9s %9s %7s %9s %7s%n", "model", "baud", "transfer", "prefix", "tail", "latency", "ratio", "interval", "ratio");
    for (int i = 0; i < models.size(); i++) {
      Compiled time = compiled(models.get(i), PlanGoal.DEFAULT);
      Compiled throughput = compiled(models.get(i), PlanGoal.of(Objective.THROUGHPUT, InputMode.ROWS));
      RuntimeDevice.Firmware overlapped =
          RuntimeDevice.build(root, throughput, work.resolve(models.get(i).name() + "_throughput"));
      for (int baud : BAUDS) {
        double[] work = work(time, built.get(i).deployment().layers());
        double transfer = LineSpeed.seconds(built.get(i), SimulatedLine.Pace.ofLine(baud, 1_000_000), 0, 1);
        double latency = LineSpeed.results(built.get(i), pace(baud, built.get(i)), images(built.get(i), 3))[0];
        double interval = LineSpeed.results(overlapped, pace(baud, overlapped), images(overlapped, 6))[1];
        double all = sum(work(throughput, overlapped.deployment().layers()));
        double latencyRatio = latency / (Math.max(transfer, work[0]) + work[1]);
        double intervalRatio = interval / Math.max(transfer, all);
        mostLatency = Math.max(mostLatency, latencyRatio);
        mostInterval = Math.max(mostInterval, intervalRatio);
        print(
            "%-18s %9d %9.3f %9.3f %9.3f %9.3f %7.3f %9.3f %7.3f%n",
            models.get(i).name(), baud, transfer, work[0], work[1], latency, latencyRatio, interval, intervalRatio);
      }
    }
  }

  private static double sum(double[] work) {
    return work[0] + work[1];
  }

  private static SimulatedLine.Pace pace(int baud, RuntimeDevice.Firmware firmware) {
    List<Layer> layers = firmware.deployment().layers();
    return new SimulatedLine.Pace(
        baud, baud, 1_000_000, (layer, part) -> (long) (layers.get(layer).macs() * part * NANOS_PER_MAC));
  }

  /** Seconds of the steps that may run before the last row is there, and of the others. */
  private static double[] work(Compiled compiled, List<Layer> layers) {
    double[] seconds = new double[2];
    var plan = compiled.plan();
    int height = plan.network().input().shape().height();
    plan.steps()
        .forEach(
            step -> {
              var shape = plan.network().layers().get(step.layer()).outputShape();
              double part = (double) step.rows() * step.channels() / ((double) shape.height() * shape.channels());
              seconds[step.inputRows() < height ? 0 : 1] += layers.get(step.layer()).macs() * part * NANOS_PER_MAC / 1e9;
            });
    return seconds;
  }

  private static List<byte[]> images(RuntimeDevice.Firmware firmware, int count) {
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new byte[firmware.deployment().input().bytes()]);
    }
    return images;
  }

  private void faults() throws Exception {
    Model micro = new Model("conv_channels_1_to_17", root.resolve("models/micro/conv_channels_1_to_17.tflite"));
    Compiled compiled = compiled(micro, PlanGoal.DEFAULT);
    RuntimeDevice.Firmware firmware = RuntimeDevice.build(root, compiled, work.resolve("micro"));
    Path golden = root.resolve("models/micro");
    byte[] image = Files.readAllBytes(golden.resolve(micro.name() + ".in.bin"));
    byte[] output = Files.readAllBytes(golden.resolve(micro.name() + ".out0.bin"));
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      FaultSweep sweep = new FaultSweep(firmware, device, image, output);
      int down = sweep.run(true);
      int up = sweep.run(false);
      print(
          "%nEight kinds of fault at each of %d bytes to the board and %d from it: %d right, %d named%n",
          down, up, sweep.tried() - sweep.named().size() - sweep.wrong().size(), sweep.named().size());
      print(
          "line_utilisation=%.4f noisy_throughput=%.3f latency_ratio=%.3f interval_ratio=%.3f wrong_results=%d hangs=%d faults_tried=%d%n",
          leastUtilisation, leastNoisy, mostLatency, mostInterval, sweep.wrong().size(), sweep.hung().size(), sweep.tried());
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
    System.out.flush();
  }
}
