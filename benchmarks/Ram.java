import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/**
 * Prints the table of benchmarks/ram. Work is an estimate; ST's figures are its published ones.
 * Planned is the arena; `throughput` needs `row slots` of link memory, too. Its interval is between two
 * results, in the least work, when all rows of an image take as long as that.
 */
final class Ram {
  /** A model, what ST's X-CUBE-AI 10.2 needs for it (0: not published), and the key of its figures in the last line. */
  record Row(String model, String patch, double stKib, String key) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32", "tiny_yolo_v2_192/tiny_yolo_v2_192_u8_f32", 220.6, "192"),
          new Row("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32", "", 249.35, "224"),
          new Row("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32", "", 1263.07, "416"),
          new Row("st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32", "", 166, "lc_192"),
          new Row("st_yolo_lc_v1_224/st_yolo_lc_v1_224_u8_f32", "", 217, "lc_224"),
          new Row("st_yolo_lc_v1_256/st_yolo_lc_v1_256_u8_f32", "", 278, "lc_256"),
          new Row("yolov3_tiny_416/yolov3_tiny_416_int8", "", 0, "v3_416"),
          new Row("yolov4_tiny_416/yolov4_tiny_416_int8_f32out", "", 0, "v4_416"));

  /** How the image comes; a frame of YUV422 is one of RGB565 in bytes. */
  record Image(InputMode mode, PixelFormat pixels) {
    String title() {
      return lower(mode) + (pixels == PixelFormat.RGB888 ? "" : " " + lower(pixels));
    }
  }

  private static final List<Image> IMAGES =
      List.of(
          new Image(InputMode.ROWS, PixelFormat.RGB888),
          new Image(InputMode.FRAME, PixelFormat.RGB888),
          new Image(InputMode.FRAME, PixelFormat.RGB565));

  public static void main(String[] arguments) throws IOException {
    Path models = Path.of(arguments[0]);
    Map<String, Double> figures = new TreeMap<>();
    print("%-26s %-12s %-9s %12s %12s %7s %9s %10s %9s%n", "model", "input", "optimize", "planned KiB", "lower bound", "work", "interval", "ST KiB", "plan ms");
    for (Row row : ROWS) {
      ModelFile model = read(models, row);
      for (Image image : IMAGES) {
        for (Objective objective : Objective.values()) {
          long start = System.nanoTime();
          PlanGoal goal = PlanGoal.of(objective, image.mode());
          Compiled compiled = Compiled.of(model, goal, image.pixels(), KernelSet.ARMV7EM);
          long ms = (System.nanoTime() - start) / 1_000_000;
          double planned = compiled.plan().arenaBytes() / 1024.0;
          var summary = compiled.summary();
          print(
              "%-26s %-12s %-9s %12.1f %12.1f %7.2f %9s %10s %9d%n",
              name(row),
              image.title(),
              lower(objective),
              planned,
              summary.lowerBoundBytes() / 1024.0,
              (double) summary.work() / summary.leastWork(),
              summary.pace().map(p -> String.format(Locale.ROOT, "%.2f", (double) p.interval() / summary.leastWork())).orElse("-"),
              row.stKib() > 0 ? String.format(Locale.ROOT, "%.2f", row.stKib()) : "-",
              ms);
          figures.put(row.key() + " " + image.title() + " " + lower(objective), planned);
        }
      }
    }
    print(
        "ram_416_time=%.1f ram_416_ram=%.1f ram_224_time=%.1f ram_224_ram=%.1f frame_224_time=%.1f frame_565_224_time=%.1f lc_224_rows=%.1f%n",
        figures.get("416 rows time"),
        figures.get("416 rows ram"),
        figures.get("224 rows time"),
        figures.get("224 rows ram"),
        figures.get("224 frame time"),
        figures.get("224 frame rgb565 time"),
        figures.get("lc_224 rows time"));
  }

  private static void print(String pattern, Object... values) {
    System.out.print(String.format(Locale.ROOT, pattern, values));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String name(Row row) {
    String path = row.patch().isEmpty() ? row.model() : row.patch();
    return path.substring(path.indexOf('/') + 1);
  }

  private static ModelFile read(Path models, Row row) throws IOException {
    Path base = models.resolve(row.model() + ".tflite");
    if (row.patch().isEmpty()) {
      return ModelFile.read(base);
    }
    Path file = Files.createTempFile("fovea", ".tflite");
    try {
      Files.write(file, patched(Files.readAllBytes(base), Files.readAllBytes(models.resolve(row.patch() + ".patch"))));
      return ModelFile.read(file);
    } finally {
      Files.delete(file);
    }
  }

  /** A model that is stored as pieces of another one and bytes of its own. */
  private static byte[] patched(byte[] from, byte[] patch) {
    ByteBuffer segments = ByteBuffer.wrap(patch).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    segments.position(4);
    for (int left = segments.getInt(); left > 0; left--) {
      if (segments.get() == 0) {
        out.write(from, segments.getInt(), segments.getInt());
      } else {
        byte[] literal = new byte[segments.getInt()];
        segments.get(literal);
        out.writeBytes(literal);
      }
    }
    return out.toByteArray();
  }
}
