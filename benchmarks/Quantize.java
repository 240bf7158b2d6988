import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.HostNetwork;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;

/**
 * Prints the table of benchmarks/quantize. AP is of held-out scenes. IoU is of the boxes that the float model
 * scores 0.1 and more with the int8 model's box of the same cell and anchor: every other photo calibrates for the
 * rest, and then the rest for those, so that all are measured and none by a model that it calibrated.
 */
final class Quantize {
  private static final double SCORE = 0.1;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 7;
  private static final int IMAGES = 5;
  private static final List<List<String>> SIGNS =
      List.of(List.of("--method", "minmax"), List.of(), List.of("--per-tensor"), List.of("--steps", "head,bias,rounding"));
  private static final List<List<String>> PHOTOS =
      List.of(
          List.of("--method", "minmax"),
          List.of(),
          List.of("--per-tensor"),
          List.of("--steps", "head,bias,rounding"),
          List.of("--steps", "bias,rounding"));
  private static final String TFLITE = "minmax (as TFLite)";

  private final Path root;
  private final Path work;
  private final List<Double> drops = new ArrayList<>();
  private int beaten;
  private int compared;
  private double images;
  private double seconds;

  private Quantize(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory("fovea-quantize");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work)));
    Path models = Path.of(arguments[1]);
    Quantize run = new Quantize(Path.of(arguments[0]), work);
    run.photos(models.resolve("tiny_face_detector/tiny_face_224_f32.tflite"), models.resolve("tiny_face_detector/tiny_face_224_int8.tflite"), models.resolve("images"));
    run.photos(models.resolve("yolo_fastest_body/yolo-fastest-1.1_body_320_f32.tflite"), models.resolve("yolo_fastest_body/yolo-fastest-1.1_body_320_int8.tflite"), models.resolve("images"));
    for (int size : List.of(192, 224)) {
      run.signs(size, Integer.parseInt(arguments[2]));
    }
    double perSecond = exactEvaluation(models.resolve("tiny_yolo_v2_224/tiny_yolo_v2_224_int8.tflite"));
    print(
        "worst_drop_points=%.2f beats_tflite=%d/%d calibration_images_per_s=%.1f images_per_s=%.1f%n",
        run.drops.stream().mapToDouble(d -> d).max().orElse(0), run.beaten, run.compared, run.images / run.seconds, perSecond);
  }

  /** Images a second of the quicker engine on two threads, the median of some rounds. */
  private static double exactEvaluation(Path file) throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(file), PlanGoal.DEFAULT, PixelFormat.RGB888);
    Graph graph = compiled.model().graph();
    PreparedModel java = PreparedModel.of(graph);
    TensorId in = graph.inputs().get(0);
    byte[] image = new byte[(int) graph.tensor(in).bytes()];
    new Random(1).nextBytes(image);
    Speed inJava = speed(List.of(() -> java.run(Map.of(in, image)), () -> java.run(Map.of(in, image))));
    Speed inC;
    try (HostNetwork c = HostNetwork.build(compiled);
        HostNetwork.Running one = c.start();
        HostNetwork.Running other = c.start()) {
      inC = speed(List.of(() -> one.run(image), () -> other.run(image)));
    }
    print("%nexact evaluation of %s, two threads: in Java %s; in C %s%n", file.getFileName(), inJava, inC);
    return Math.max(inJava.perSecond(), inC.perSecond());
  }

  /**
   * Medians.
   *
   * @param coreMs of processor time an image, which depends less on what else the PC does
   */
  record Speed(double perSecond, double coreMs) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f images/s, %.0f ms of a core an image", perSecond, coreMs);
    }
  }

  /** The first rounds warm up. */
  private static Speed speed(List<Runnable> threads) throws InterruptedException {
    double[] rates = new double[ROUNDS];
    double[] costs = new double[ROUNDS];
    int images = threads.size() * IMAGES;
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      double core = coreSeconds();
      long start = System.nanoTime();
      List<Thread> running = threads.stream().map(work -> new Thread(() -> IntStream.range(0, IMAGES).forEach(i -> work.run()))).toList();
      running.forEach(Thread::start);
      for (Thread thread : running) {
        thread.join();
      }
      rates[Math.max(0, round)] = images / ((System.nanoTime() - start) / 1e9);
      costs[Math.max(0, round)] = (coreSeconds() - core) * 1000 / images;
    }
    Arrays.sort(rates);
    Arrays.sort(costs);
    return new Speed(rates[ROUNDS / 2], costs[ROUNDS / 2]);
  }

  /** Of this process and the networks that it started. */
  private static double coreSeconds() {
    OperatingSystemMXBean own = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long children = ProcessHandle.current().children().mapToLong(p -> p.info().totalCpuDuration().map(Duration::toNanos).orElse(0L)).sum();
    return (own.getProcessCpuTime() + children) / 1e9;
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      System.err.println(folder + " stays: " + e.getMessage());
    }
  }

  private void signs(int size, int count) throws Exception {
    Path held = work.resolve("held" + size);
    Path calibrate = work.resolve("calibrate" + size);
    fovea("scenes", "--seed", "3", "--count", "" + count, "--size", "" + size, "-o", held.toString());
    fovea("scenes", "--seed", "5", "--count", "100", "--size", "" + size, "-o", calibrate.toString());
    Path real = root.resolve("models/roadsigns/roadsigns_" + size + "_float.tflite");
    print("%n%-34s %8s %12s %8s%n", "roadsigns_" + size + ", " + count + " scenes", "AP@0.5", "AP@[.5:.95]", "s");
    double[] wanted = score("float32", real, held, 0);
    double[] tflite = new double[2];
    for (List<String> method : SIGNS) {
      Path file = work.resolve("signs" + size + SIGNS.indexOf(method) + ".tflite");
      double took = quantize(real, calibrate.resolve("images"), file, method, 100);
      double[] found = score(name(method), file, held, took);
      if (name(method).equals(TFLITE)) {
        tflite = found;
      } else if (method.size() < 2) {
        drops.add(100 * (wanted[0] - found[0]));
        beats(found[1] >= tflite[1]);
      }
    }
  }

  private void beats(boolean better) {
    compared++;
    beaten += better ? 1 : 0;
  }

  private double[] score(String name, Path model, Path held, double took) throws Exception {
    Path out = work.resolve("score" + System.nanoTime());
    List<String> line = new ArrayList<>(List.of("evaluate", model.toString(), "--dataset", held.toString(), "--min-side", "0.12", "--json", "-o", out.toString()));
    fovea(line.toArray(String[]::new));
    JsonNode scores = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    double[] found = {scores.findValue("ap50").asDouble(), scores.findValue("ap").asDouble()};
    print("%-34s %8.4f %12.4f %8.1f%n", name, found[0], found[1], took);
    return found;
  }

  private double quantize(Path real, Path calibrate, Path out, List<String> method, int count) throws Exception {
    long start = System.nanoTime();
    List<String> line = new ArrayList<>(List.of("quantize", real.toString(), "--calibrate", calibrate.toString(), "-o", out.toString()));
    line.addAll(method);
    fovea(line.toArray(String[]::new));
    double took = (System.nanoTime() - start) / 1e9;
    if (method.isEmpty()) {
      images += count;
      seconds += took;
    }
    return took;
  }

  private void fovea(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp", System.getProperty("java.class.path"), "org.fovea.cli.Main"));
    line.addAll(Arrays.asList(arguments));
    Path log = work.resolve("log");
    Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(line + "\n" + Files.readString(log));
    }
  }

  private void photos(Path real, Path converted, Path folder) throws Exception {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(f -> f.toString().matches(".*\\.(jpg|png)")).sorted().toList();
    }
    String name = real.getFileName().toString();
    List<List<Path>> halves = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      List<Path> photos = new ArrayList<>();
      Path copies = Files.createDirectories(work.resolve("photos" + half + name));
      for (int i = half; i < all.size(); i += 2) {
        photos.add(all.get(i));
        Files.copy(all.get(i), copies.resolve(all.get(i).getFileName()));
      }
      halves.add(photos);
    }
    print("%n%-34s %8s %8s %8s %8s   %s%n", name + ", " + all.size() + " photos", "boxes", "IoU", "score", "s", "SQNR dB of heads");
    Agreement tflite = null;
    for (List<String> method : PHOTOS) {
      double took = 0;
      Agreement found = new Agreement();
      for (int half = 0; half < 2; half++) {
        Path file = work.resolve(half + "_" + PHOTOS.indexOf(method) + name);
        took += quantize(real, work.resolve("photos" + half + name), file, method, halves.get(half).size());
        found.add(real, file, halves.get(1 - half));
      }
      found.print(name(method), took);
      if (name(method).equals(TFLITE)) {
        tflite = found;
      } else if (method.isEmpty()) {
        beats(found.iou() >= tflite.iou());
        for (int h = 0; h < found.decibels().length; h++) {
          beats(found.decibels()[h] >= tflite.decibels()[h]);
        }
      }
    }
    Agreement theirs = new Agreement();
    theirs.add(real, converted, all);
    theirs.print("the converter's own file", 0);
  }

  private static String name(List<String> method) {
    return method.contains("minmax") ? TFLITE : method.isEmpty() ? "default" : String.join(" ", method);
  }

  /** What int8 models and a float one say of the same photos. */
  private static final class Agreement {
    /** Boxes, their IoU, differences of their scores. */
    private final double[] sums = new double[3];

    private final List<double[]> signalAndError = new ArrayList<>();

    double iou() {
      return sums[1] / sums[0];
    }

    double[] decibels() {
      return signalAndError.stream().mapToDouble(s -> 10 * Math.log10(s[0] / s[1])).toArray();
    }

    void print(String name, double took) {
      StringBuilder db = new StringBuilder();
      for (double d : decibels()) {
        db.append(String.format(Locale.ROOT, " %6.2f", d));
      }
      Quantize.print("%-34s %8d %8.4f %8.4f %8.1f   %s%n", name, (int) sums[0], iou(), sums[2] / sums[0], took, db);
    }

    void add(Path real, Path int8, List<Path> photos) {
      ModelFile model = ModelFile.read(real);
      ModelCard card = DetectorManifest.card(model);
      ModelFile small = ModelFile.read(int8);
      Input input = ManifestReader.detector(DetectorManifest.ofFloat(model, card.thresholds(), PixelFormat.RGB888), "model").input();
      Graph graph = small.graph();
      PreparedModel prepared = PreparedModel.of(graph);
      TensorId in = graph.inputs().get(0);
      try (TfliteInterpreter tflite = TfliteInterpreter.open(model.content(), TfliteInterpreter.Kernels.DEFAULT, 1)) {
        for (Path photo : photos) {
          float[] pixels = reals(ImageInput.read(photo, input).tensor(), card.input(), input.channels());
          List<float[]> wanted = tflite.run(List.of(bytes(pixels))).stream().map(Quantize::floats).toList();
          Activations found = prepared.run(Map.of(in, stored(pixels, (PerTensor) graph.tensor(in).quantization())));
          List<float[]> got =
              graph.outputs().stream().map(o -> reals(found.bytes(o), (PerTensor) graph.tensor(o).quantization())).toList();
          for (int h = 0; h < card.heads().size(); h++) {
            Head.Grid grid = (Head.Grid) card.heads().get(h);
            compare(h, grid, joined(grid, wanted), joined((Head.Grid) DetectorManifest.card(small).heads().get(h), got));
          }
        }
      }
    }

    private void compare(int head, Head.Grid grid, float[] a, float[] b) {
      if (signalAndError.size() <= head) {
        signalAndError.add(new double[2]);
      }
      for (int i = 0; i < a.length; i++) {
        signalAndError.get(head)[0] += (double) a[i] * a[i];
        signalAndError.get(head)[1] += (double) (a[i] - b[i]) * (a[i] - b[i]);
      }
      boxes(grid, a, b, (int) Math.sqrt(a.length / grid.anchors().size() / grid.valuesPerAnchor()), sums);
    }
  }

  /** A head's numbers in the order of the float model's output. */
  private static float[] joined(Head.Grid grid, List<float[]> outputs) {
    Head.Part first = grid.parts().get(0);
    int boxes = outputs.get(first.output()).length / first.values();
    float[] all = new float[boxes * grid.valuesPerAnchor()];
    for (Head.Part part : grid.parts()) {
      for (int i = 0; i < boxes * part.values(); i++) {
        int to = i / part.values() * grid.valuesPerAnchor() + part.first() + i % part.values();
        all[to] = outputs.get(part.output())[i];
      }
    }
    return all;
  }

  private static void boxes(Head.Grid head, float[] a, float[] b, int side, double[] sums) {
    int values = head.valuesPerAnchor();
    for (int at = 0; at < a.length; at += values) {
      double score = score(head, a, at);
      if (score >= SCORE) {
        Head.Anchor anchor = head.anchors().get(at / values % head.anchors().size());
        double unit = switch (head.anchorUnit()) {
          case CELLS -> 1;
          case PIXELS -> 1.0 / head.stride();
          case IMAGE -> side;
        };
        sums[0]++;
        sums[1] += iou(box(a, at, anchor, unit), box(b, at, anchor, unit));
        sums[2] += Math.abs(score - score(head, b, at));
      }
    }
  }

  /** One class, or none: nothing else is measured here. */
  private static double score(Head.Grid head, float[] v, int at) {
    return logistic(v[at + 4]) * (head.classes() == 0 ? 1 : logistic(v[at + 5]));
  }

  private static double[] box(float[] v, int at, Head.Anchor anchor, double unit) {
    double w = anchor.width() * unit * Math.exp(v[at + 2]);
    double h = anchor.height() * unit * Math.exp(v[at + 3]);
    double x = logistic(v[at]);
    double y = logistic(v[at + 1]);
    return new double[] {x - w / 2, y - h / 2, x + w / 2, y + h / 2};
  }

  private static double iou(double[] a, double[] b) {
    double w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
    double h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    double both = Math.max(0, w) * Math.max(0, h);
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both);
  }

  private static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static float[] reals(byte[] pixels, InputSpec spec, int channels) {
    float[] reals = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      reals[i] = (float) (Byte.toUnsignedInt(pixels[i]) * spec.pixelScale().get(i % channels) + spec.pixelOffset().get(i % channels));
    }
    return reals;
  }

  private static float[] reals(byte[] stored, PerTensor q) {
    float[] reals = new float[stored.length];
    for (int i = 0; i < stored.length; i++) {
      reals[i] = q.scale() * (stored[i] - q.zeroPoint());
    }
    return reals;
  }

  private static byte[] stored(float[] reals, PerTensor q) {
    byte[] stored = new byte[reals.length];
    for (int i = 0; i < reals.length; i++) {
      stored[i] = (byte) Math.max(-128, Math.min(127, Math.round(reals[i] / q.scale()) + q.zeroPoint()));
    }
    return stored;
  }

  private static byte[] bytes(float[] floats) {
    ByteBuffer bytes = ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
