import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.build.Footprint;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.emit.Targets;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;

/** Prints the table of benchmarks/footprint. */
final class Footprints {
  private static final Set<String> CODE = Set.of(".fv_vectors", ".text", ".ARM.exidx", ".fv_tables");
  private static final Set<String> RUNTIME = Set.of(".data", ".bss", ".fv_link", ".fv_stacks");
  private static final double KIB = 1024;

  private static double mostCode;
  private static double mostRam;

  public static void main(String[] arguments) throws IOException {
    List<Path> models = new ArrayList<>();
    models.add(Path.of(arguments[0], "models/roadsigns/roadsigns_192_int8.tflite"));
    if (!arguments[1].isEmpty()) {
      models.add(Path.of(arguments[1], "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite"));
    }
    print("%-18s %-9s %-26s %9s %9s %8s %8s %8s %9s  %s%n", "board", "rtos", "model", "code", "weights", "data", "link", "stacks", "arena", "verdict (KiB)");
    Set<String> built = new LinkedHashSet<>();
    for (Board board : BoardCatalogue.all()) {
      for (Rtos rtos : board.rtos()) {
        for (Path model : models) {
          if (row(board, rtos, model)) {
            built.add(board.id());
          }
        }
      }
    }
    print(
        "boards_built=%d/%d max_code_kib=%.1f max_runtime_ram_kib=%.1f%n",
        built.size(), BoardCatalogue.all().size(), mostCode, mostRam);
  }

  private static boolean row(Board board, Rtos rtos, Path model) throws IOException {
    String start = String.format(Locale.ROOT, "%-18s %-9s %-26s", board.id(), rtos.id(), model.getFileName().toString().replace(".tflite", ""));
    if (!Targets.hasPort(board)) {
      print("%s %s%n", start, "no port: its twin is emulated, or --project cube");
      return false;
    }
    Path folder = Files.createTempDirectory("fovea-footprint-");
    try {
      Compiled compiled =
          Compiled.of(ModelFile.read(model), PlanGoal.DEFAULT, PixelFormat.RGB888, KernelSet.of(board.cpu().core()));
      Fit fit = Fit.of(compiled, board, rtos);
      Generation.project(fit).writeTo(folder.resolve("project"));
      Footprint footprint = BuiltProject.build(folder.resolve("project")).footprint();
      print(start, footprint, rtos);
      return footprint.holds();
    } catch (UserFault e) {
      print("%s %s%n", start, e.findings().get(0));
      return false;
    } finally {
      FileTree.delete(folder);
    }
  }

  private static void print(String start, Footprint footprint, Rtos rtos) {
    double code = sum(footprint, CODE::contains);
    double runtime = sum(footprint, RUNTIME::contains);
    if (rtos != Rtos.LINUX) {
      mostCode = Math.max(mostCode, code);
      mostRam = Math.max(mostRam, runtime);
    }
    print(
        "%s %9.1f %9.1f %8.1f %8.1f %8.1f %9.1f  %s%n",
        start,
        code,
        sum(footprint, s -> s.startsWith(".fv_weights")),
        sum(footprint, Set.of(".data", ".bss")::contains),
        sum(footprint, ".fv_link"::equals),
        sum(footprint, ".fv_stacks"::equals),
        sum(footprint, ".fv_arena"::equals),
        footprint.holds() ? "fits, as planned" : "NOT AS PLANNED");
  }

  private static double sum(Footprint footprint, java.util.function.Predicate<String> which) {
    Stream<Footprint.OutputSection> sections = footprint.map().stream();
    return sections.filter(s -> which.test(s.section())).mapToLong(Footprint.OutputSection::bytes).sum() / KIB;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
