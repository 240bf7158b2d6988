import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.HostNetwork;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.support.Pruned;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;

/** Prints the table and the last line of benchmarks/family. */
final class Family {
  private static final long MOST_SECONDS = 400;

  /** Prefixes of a model's golden files, in its folder's golden/: of the inputs and of the outputs. */
  private record Model(String file, String input, String output) {
    Path golden(Path models, String name) {
      return models.resolve(file).getParent().resolve("golden").resolve(name + ".npy");
    }
  }

  /** TFLite's reference kernels lack an operator of this model; its golden is of others, which round otherwise. */
  private static final String BY_JAVA = "";

  private static final List<Model> MODELS =
      List.of(
          new Model("tiny_yolo_v2_224/tiny_yolo_v2_224_int8", "in0_i8", "int8_out0"),
          new Model("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32", "in0_u8", "u8_f32_out0"),
          new Model("yolov3_tiny_416/yolov3_tiny_416_int8", "in0_i8", "out0"),
          new Model("yolov4_tiny_416/yolov4_tiny_416_int8_f32out", "in0_i8", "out0"),
          new Model("yolo_fastest_body/yolo-fastest-1.1_body_320_int8", "in0_i8", "int8_out0"),
          new Model("tiny_face_detector/tiny_face_224_int8", "224_in0_i8", "224_int8_out0"),
          new Model("st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8", "in0_i8", "int8_out0"),
          new Model("nxp_dperson_shufflenetv2/dperson_shufflenetv2", "in0_i8", "out0"),
          new Model("extras/float_split_hybrid", "float_split_hybrid_in0_i8", "float_split_hybrid_out0"),
          new Model("extras/keras3_upsampling_int8", "keras3_upsampling_int8_in0_i8", BY_JAVA),
          new Model("extras/requant_concat_int8", "requant_concat_int8_in0_i8", "requant_concat_int8_out0"));

  private static final List<String> SPARSE =
      List.of("tiny_yolo_v2_224/tiny_yolo_v2_224_int8", "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32");
  private static final double PRUNED = 0.6;

  /** Of decode_refs/faster_rcnn_300x7 that reach the card's threshold. */
  private static final int FINISHED_ROWS = 6;

  private static final Pattern STEP =
      Pattern.compile("\"name\" : \"([^\"]*)\",\\s*\"state\" : \"([A-Z]*)\"");

  /** What runs a network; a core has its own kernels. */
  private enum Engine {
    JAVA("Java", KernelSet.PORTABLE, Optional.empty()),
    C("C", KernelSet.PORTABLE, Optional.empty()),
    M7("M7", KernelSet.of(Core.CORTEX_M7), Optional.of("qemu-mps2-an500")),
    M55("M55", KernelSet.of(Core.CORTEX_M55), Optional.of("qemu-mps3-an547")),
    A7("A7", KernelSet.of(Core.CORTEX_A7), Optional.of("stm32mp157f-dk2"));

    private final String title;
    private final KernelSet kernels;
    private final Optional<String> board;

    Engine(String title, KernelSet kernels, Optional<String> board) {
      this.title = title;
      this.kernels = kernels;
      this.board = board;
    }
  }

  /** Outputs as the model's file gives them, and instructions; 0 where nobody counts. */
  private record Ran(List<byte[]> outputs, long instructions) {}

  private final Path root;
  private final Path models;
  private int equal;
  private int compared;

  private Family(Path root, Path models) {
    this.root = root;
    this.models = models;
  }

  public static void main(String[] arguments) throws Exception {
    Family family = new Family(Path.of(arguments[0]), Path.of(arguments[1]));
    family.print();
  }

  private void print() throws Exception {
    line("%-32s %-10s %-10s %-10s %14s", "model", "engine", "bit-exact", "RAM KiB", "flash KiB, instructions");
    Map<String, Map<Engine, long[]>> dense = new HashMap<>();
    for (Model model : MODELS) {
      byte[] file = Files.readAllBytes(models.resolve(model.file() + ".tflite"));
      dense.put(
          model.file(),
          row(name(model.file()), file, npy(model.golden(models, model.input())), golden(model, file)));
    }
    double flash = 0;
    double instructions = 0;
    for (String model : SPARSE) {
      byte[] whole = Files.readAllBytes(models.resolve(model + ".tflite"));
      byte[] pruned = TfliteWriter.write(Pruned.of(TfliteReader.read(whole), PRUNED));
      String input = model.endsWith("u8_f32") ? "in0_u8" : "in0_i8";
      byte[] image = npy(models.resolve(model).getParent().resolve("golden/" + input + ".npy"));
      List<byte[]> expected = java(TfliteReader.read(pruned), image).outputs();
      Map<Engine, long[]> sparse = row(name(model) + " pruned", pruned, image, expected);
      flash = Math.max(flash, ratio(sparse, dense.get(model), 0));
      instructions = Math.max(instructions, ratio(sparse, dense.get(model), 1));
    }
    int working = cards();
    line(
        "cards_working=%d/5 bit_exact=%d/%d sparse_flash_ratio=%.3f sparse_instr_ratio=%.3f",
        working, equal, compared, flash, instructions);
  }

  /** The five cards, each on a file of its shapes: their own files are for their users to fetch. */
  private int cards() throws Exception {
    Path folder = Files.createTempDirectory("fovea-family-");
    try {
      line("%n%-42s %s", "card", "steps on a file of its shapes");
      String rows = models.resolve("decode_refs/faster_rcnn_300x7/raw.npy").toString();
      String photo = models.resolve("images/person.jpg").toString();
      String boxes = folder.resolve("boxes").toString();
      int working = 0;
      working += check("st_tiny_yolo_v2", models.resolve("tiny_yolo_v2_224/tiny_yolo_v2_224_int8.tflite"));
      working += check("yolo-v2-tiny-ava-sparse-60-0001", SparseIr.write(folder));
      working += check("yolo_v3_tiny_pruned_backbone", models.resolve("yolov3_tiny_416/yolov3_tiny_416_int8.tflite"));
      working += check("nxp_yolov4_tiny", models.resolve("yolov4_tiny_416/yolov4_tiny_416_int8_f32out.tflite"));
      String rcnn = "faster-rcnn-resnet101-coco-sparse-60-0001";
      String text = fovea(List.of("decode", "--card", rcnn, "--image", photo, rows, "-o", boxes));
      int found = text.split("  x ", -1).length - 1;
      line("%-42s decode: %d of %d boxes of finished rows", rcnn, found, FINISHED_ROWS);
      return working + (found == FINISHED_ROWS ? 1 : 0);
    } finally {
      FileTree.delete(folder);
    }
  }

  /** Whether everything works that does not ask for the card's own file. */
  private int check(String card, Path file) throws Exception {
    String text = fovea(List.of("models", "check", card, file.toString(), "--json"));
    List<String> steps = new ArrayList<>();
    boolean works = true;
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      steps.add(matcher.group(1) + " " + matcher.group(2));
      works &= matcher.group(1).equals("file") || matcher.group(2).equals("OK");
    }
    line("%-42s %s", card, String.join(", ", steps));
    return works && !steps.isEmpty() ? 1 : 0;
  }

  private String fovea(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("fovea").toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static double ratio(Map<Engine, long[]> sparse, Map<Engine, long[]> dense, int figure) {
    return (double) sparse.get(Engine.M7)[figure] / dense.get(Engine.M7)[figure];
  }

  private static String name(String file) {
    return file.substring(file.indexOf('/') + 1);
  }

  private List<byte[]> golden(Model model, byte[] file) throws IOException {
    if (model.output().equals(BY_JAVA)) {
      return java(Simplification.of(TfliteReader.read(file)), npy(model.golden(models, model.input()))).outputs();
    }
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < TfliteReader.read(file).outputs().size(); i++) {
      outputs.add(npy(model.golden(models, model.output() + "_" + i)));
    }
    return outputs;
  }

  /** Prints a model's lines. Returns flash and instructions of each engine. */
  private Map<Engine, long[]> row(String name, byte[] file, byte[] image, List<byte[]> expected) throws Exception {
    Path folder = Files.createTempDirectory("fovea-family-");
    Map<Engine, long[]> figures = new EnumMap<>(Engine.class);
    try {
      ModelFile model = ModelFile.read(Files.write(folder.resolve("model.tflite"), file));
      for (Engine engine : Engine.values()) {
        Compiled compiled =
            Compiled.of(model, PlanGoal.of(Objective.TIME, InputMode.ROWS), PixelFormat.RGB888, engine.kernels);
        Ran ran = run(engine, compiled, image, folder.resolve(engine.title));
        boolean same = same(ran.outputs(), expected);
        compared++;
        equal += same ? 1 : 0;
        long flash =
            compiled.constants().bytes(Constant.Section.WEIGHTS) + compiled.constants().bytes(Constant.Section.TABLES);
        figures.put(engine, new long[] {flash, ran.instructions()});
        line(
            "%-32s %-10s %-10s %-10s %14s",
            name,
            engine.title,
            same ? "yes" : "NO",
            engine == Engine.JAVA ? "" : kib(compiled.plan().arenaBytes()),
            (engine == Engine.JAVA ? "" : kib(flash)) + (ran.instructions() > 0 ? ", " + ran.instructions() : ""));
      }
      return figures;
    } finally {
      FileTree.delete(folder);
    }
  }

  private Ran run(Engine engine, Compiled compiled, byte[] image, Path folder) throws Exception {
    if (engine == Engine.JAVA) {
      return java(compiled.model().graph(), image);
    }
    if (engine == Engine.C) {
      try (HostNetwork network = HostNetwork.build(compiled);
          HostNetwork.Running running = network.start()) {
        return new Ran(real(compiled, running.run(image)), 0);
      }
    }
    Rtos rtos = engine == Engine.A7 ? Rtos.LINUX : Rtos.BARE;
    Generation.project(Fit.of(compiled, BoardCatalogue.find(engine.board.orElseThrow()), rtos)).writeTo(folder);
    Path input = Files.write(Path.of(folder + ".image"), image);
    String tests =
        switch (engine) {
          case M7 -> "armv7em";
          case M55 -> "helium";
          default -> "neon";
        };
    List<String> command = new ArrayList<>();
    command.add(root.resolve("firmware-templates/tests/" + tests + "/network/run").toString());
    if (engine == Engine.A7) {
      command.add(Core.CORTEX_A7.id());
    }
    command.addAll(List.of(folder.toString(), input.toString()));
    return emulated(compiled, command, Path.of(folder + ".log"));
  }

  private static Ran emulated(Compiled compiled, List<String> command, Path log) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(log, StandardCharsets.US_ASCII);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(text.substring(0, Math.min(2000, text.length())));
    }
    List<byte[]> outputs = new ArrayList<>();
    long instructions = 0;
    for (String row : text.split("\n")) {
      if (row.startsWith("output ")) {
        outputs.add(HexFormat.of().parseHex(row.substring("output ".length()).strip()));
      } else if (row.startsWith("total ")) {
        instructions = Long.parseLong(row.substring("total ".length()).strip());
      }
    }
    return new Ran(real(compiled, outputs), instructions);
  }

  private static Ran java(Graph graph, byte[] image) {
    Activations all = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), image));
    return new Ran(graph.outputs().stream().map(all::bytes).toList(), 0);
  }

  /** What a device gives, int8, as the model's file has its outputs: float32 ones are dequantised. */
  private static List<byte[]> real(Compiled compiled, List<byte[]> device) {
    Graph graph = compiled.model().graph();
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < device.size(); i++) {
      TensorId id = graph.outputs().get(i);
      Network.Output output = compiled.network().outputs().get(i);
      if (graph.tensor(id).type() != DataType.FLOAT32) {
        outputs.add(device.get(i));
        continue;
      }
      ByteBuffer real = ByteBuffer.allocate(4 * device.get(i).length).order(ByteOrder.LITTLE_ENDIAN);
      for (byte q : device.get(i)) {
        real.putFloat((float) ((double) output.scale() * (q - output.zeroPoint())));
      }
      outputs.add(real.array());
    }
    return outputs;
  }

  private static boolean same(List<byte[]> a, List<byte[]> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = Arrays.equals(a.get(i), b.get(i));
    }
    return same;
  }

  /** The raw elements of a little-endian .npy file in C order. */
  private static byte[] npy(Path path) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] data = new byte[file.limit() - 10 - file.getShort(8)];
    file.position(file.limit() - data.length).get(data);
    return data;
  }

  private static String kib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1024.0);
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }
}
