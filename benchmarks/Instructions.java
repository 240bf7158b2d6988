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

/** Prints the table of benchmarks/instructions. */
final class Instructions {
  /** A model and the key of its figure in the last line. */
  record Row(String model, String key) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32", "tiny_224"),
          new Row("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32", "tiny_416"),
          new Row("st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8", "lc_224"),
          new Row("tiny_face_detector/tiny_face_224_int8", "face_224"),
          new Row("yolo_fastest_body/yolo-fastest-1.1_body_320_int8", "fastest_320"));

  public static void main(String[] arguments) throws Exception {
    Path run = Path.of(arguments[0], "firmware-templates/tests/armv7em/network/run");
    StringBuilder figures = new StringBuilder();
    for (Row row : ROWS) {
      ModelFile model = ModelFile.read(Path.of(arguments[1], row.model() + ".tflite"));
      for (KernelSet set : List.of(KernelSet.PORTABLE, KernelSet.ARMV7EM)) {
        if (set != KernelSet.PORTABLE || arguments[2].equals("portable")) {
          double figure = measure(run, row, model, set);
          String key = row.key() + (set == KernelSet.PORTABLE ? "_portable" : "");
          figures.append(String.format(Locale.ROOT, "%s=%.3f ", key, figure));
        }
      }
    }
    System.out.println(figures.toString().strip());
  }

  private static double measure(Path run, Row row, ModelFile model, KernelSet set) throws Exception {
    Compiled compiled = Compiled.of(model, PlanGoal.DEFAULT, PixelFormat.RGB888, set);
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Path folder = Files.createTempDirectory("fovea-instructions-");
    try {
      Generation.project(fit).writeTo(folder.resolve("project"));
      Path image = Files.write(folder.resolve("image.bin"), image(compiled.network().input().shape()));
      String[] lines = run(run, folder.resolve("project"), image);
      double macs = compiled.network().macs();
      for (Layer layer : compiled.network().layers()) {
        String[] fields = lines[layer.index()].split(" ");
        print(
            "  %3d %-28s %12s %8.3f  %s%n",
            layer.index(),
            layer.name(),
            fields[2],
            layer.macs() == 0 ? 0 : Double.parseDouble(fields[2]) / layer.macs(),
            compiled.kernels().get(layer.index()).reason());
      }
      double total = Double.parseDouble(lines[lines.length - 1].split(" ")[1]);
      print(
          "%-50s %-9s arena %6.1f KiB  %11.0f instructions  %.4f a MAC%n",
          row.model(), set.name().toLowerCase(Locale.ROOT), compiled.plan().arenaBytes() / 1024.0, total, total / macs);
      return total / macs;
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

  private static String[] run(Path run, Path project, Path image) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(run.toString(), project.toString(), image.toString()).redirectErrorStream(true).start();
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
