import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;

/** Prints the table of benchmarks/neon. */
final class Neon {
  private static final List<String> MODELS =
      List.of(
          "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32",
          "st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8",
          "yolo_fastest_body/yolo-fastest-1.1_body_320_int8");

  /** A core and a board that has it. */
  private record Machine(String core, String board) {}

  private static final List<Machine> MACHINES =
      List.of(
          new Machine("cortex-a7", "stm32mp157f-dk2"), new Machine("cortex-a35", "stm32mp257f-dk"));

  public static void main(String[] arguments) throws Exception {
    Path run = Path.of(arguments[0], "firmware-templates/tests/neon/network/run");
    for (String name : MODELS) {
      if (name.contains(arguments[2])) {
        ModelFile model = ModelFile.read(Path.of(arguments[1], name + ".tflite"));
        for (Machine machine : MACHINES) {
          double plain = measure(run, machine, model, KernelSet.PORTABLE);
          double neon = measure(run, machine, model, KernelSet.NEON);
          print("%s on %s: NEON takes %.3f of plain C%n", name, machine.core(), neon / plain);
        }
      }
    }
  }

  /** Instructions a MAC. */
  private static double measure(Path run, Machine machine, ModelFile model, KernelSet set) throws Exception {
    Compiled compiled = Compiled.of(model, PlanGoal.DEFAULT, PixelFormat.RGB888, set);
    Fit fit = Fit.of(compiled, BoardCatalogue.find(machine.board()), Rtos.LINUX);
    Path folder = Files.createTempDirectory("fovea-neon-");
    try {
      Generation.project(fit).writeTo(folder.resolve("network"));
      Path image = Files.write(folder.resolve("image.bin"), image(compiled.network().input().shape()));
      String[] lines =
          run(List.of(run.toString(), machine.core(), folder.resolve("network").toString(), image.toString()));
      for (Layer layer : compiled.network().layers()) {
        long instructions = Long.parseLong(lines[layer.index()].split(" ")[2]);
        print(
            "  %3d %-28s %12d %8.3f  %s%n",
            layer.index(),
            layer.name(),
            instructions,
            layer.macs() == 0 ? 0 : (double) instructions / layer.macs(),
            compiled.kernels().get(layer.index()).reason());
      }
      double total = Double.parseDouble(lines[lines.length - 1].split(" ")[1]);
      double perMac = total / compiled.network().macs();
      print(
          "%-10s %-50s %-9s arena %7.1f KiB  %12.0f instructions  %.4f a MAC%n",
          machine.core(),
          model.name(),
          set.name().toLowerCase(Locale.ROOT),
          compiled.plan().arenaBytes() / 1024.0,
          total,
          perMac);
      return perMac;
    } finally {
      FileTree.delete(folder);
    }
  }

  /** Noise whose neighbours are alike. */
  private static byte[] image(Shape shape) {
    Random random = new Random(7);
    byte[] image = new byte[Math.toIntExact(shape.elements())];
    int level = 128;
    for (int i = 0; i < image.length; i++) {
      level = (3 * level + random.nextInt(256)) / 4;
      image[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : level);
    }
    return image;
  }

  private static String[] run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(text);
    }
    return text.split("\n");
  }

  private static void print(String pattern, Object... values) {
    System.out.print(String.format(Locale.ROOT, pattern, values));
  }
}
