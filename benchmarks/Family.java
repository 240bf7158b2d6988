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
          new Model("extras/keras3_upsampling_int8", "keras3_upsampling_int8_in0_i8", "keras3_upsampling_int8_out0"),
          new Model("extras/requant_concat_int8", "requant_concat_int8_in0_i8", "requant_concat_int8_out0"));

  private static final List<String> SPARSE =
      List.of("tiny_yolo_v2_224/tiny_yolo_v2_224_int8", "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32");
  private static final double PRUNED = 0.6;

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
    line(
        "bit_exact=%d/%d sparse_flash_ratio=%.3f sparse_instr_ratio=%.3f",
        equal, compared, flash, instructions);
  }

  private static double ratio(Map<Engine, long[]> sparse, Map<Engine, long[]> dense, int figure) {
    return (double) sparse.get(Engine.M7)[figure] / dense.get(Engine.M7)[figure];
  }

  private static String name(String file) {
    return file.substring(file.indexOf('/') + 1);
  }

  private List<byte[]> golden(Model model, byte[] file) throws IOException {
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
