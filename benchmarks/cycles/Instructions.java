import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.estimate.Cost;
import org.fovea.generator.estimate.Estimate;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;

/** Prints the tables of benchmarks/instructions, and its last line without the size of the code. */
final class Instructions {
  private static final double MEGA = 1e6;

  /**
   * A network on a core.
   *
   * @param set kernels of the core
   * @param key of its figure in the last line, empty for none
   * @param peer instructions a MAC of TFLM 90b983c with CMSIS-NN 4ab83cc on the same network, 0 when nobody counted them
   */
  record Row(String model, Core core, KernelSet set, String key, double peer) {
    /** Hertz of the boards that the milliseconds are for: STM32H747I-DISCO, STM32N6570-DK. */
    double hertz() {
      return core == Core.CORTEX_M7 ? 400 * MEGA : 800 * MEGA;
    }

    Board board() {
      return BoardCatalogue.find(core == Core.CORTEX_M7 ? "stm32h747i-disco" : "stm32n6570-dk");
    }
  }

  private static final String TINY = "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32";
  private static final String LC = "st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8";
  private static final List<Row> ROWS =
      List.of(
          new Row(TINY, Core.CORTEX_M7, KernelSet.of(Core.CORTEX_M7), "m7_224_ipm", 1.94),
          new Row(TINY, Core.CORTEX_M7, KernelSet.PORTABLE, "", 1.94),
          new Row(
              "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32",
              Core.CORTEX_M7,
              KernelSet.of(Core.CORTEX_M7),
              "m7_416_ipm",
              1.93),
          new Row(TINY, Core.CORTEX_M55, KernelSet.of(Core.CORTEX_M55), "m55_224_ipm", 0.34),
          new Row(
              "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32",
              Core.CORTEX_M55,
              KernelSet.of(Core.CORTEX_M55),
              "",
              0.34),
          new Row(LC, Core.CORTEX_M7, KernelSet.of(Core.CORTEX_M7), "lc_224_ipm", 0),
          new Row(LC, Core.CORTEX_M7, KernelSet.PORTABLE, "", 0),
          new Row(LC, Core.CORTEX_M55, KernelSet.of(Core.CORTEX_M55), "", 0),
          new Row(
              "tiny_face_detector/tiny_face_224_int8", Core.CORTEX_M7, KernelSet.of(Core.CORTEX_M7), "", 0),
          new Row(
              "yolo_fastest_body/yolo-fastest-1.1_body_320_int8",
              Core.CORTEX_M7,
              KernelSet.of(Core.CORTEX_M7),
              "",
              0));

  public static void main(String[] arguments) throws Exception {
    StringBuilder figures = new StringBuilder();
    for (Row row : ROWS) {
      ModelFile model = ModelFile.read(Path.of(arguments[1], row.model() + ".tflite"));
      Compiled compiled = Compiled.of(model, PlanGoal.DEFAULT, PixelFormat.RGB888, row.set());
      double perMac = print(row, compiled, Emulation.run(Path.of(arguments[0]), row.core(), compiled));
      if (!row.key().isEmpty()) {
        figures.append(String.format(Locale.ROOT, "%s=%.3f ", row.key(), perMac));
      }
    }
    System.out.print(figures);
  }

  private static double print(Row row, Compiled compiled, Emulation emulation) {
    print(
        "%s on %s at %.0f MHz, kernels %s, arena %.1f KiB%n",
        compiled.model().name(),
        row.core().id(),
        row.hertz() / MEGA,
        row.set().name().toLowerCase(Locale.ROOT),
        compiled.plan().arenaBytes() / 1024.0);
    print(
        "  %3s %-22s %-27s %12s | %8s %8s %8s | %8s %8s%n",
        "#", "layer", "kernel", "instructions", "insn/MAC", "mca/MAC", "str./MAC", "mca ms", "strict ms");
    for (Layer layer : compiled.network().layers()) {
      String kernel = compiled.kernels().get(layer.index()).function();
      line(row, "" + layer.index(), layer.name(), kernel, layer.macs(), emulation.of(layer.index()));
    }
    line(row, "", "between steps", "", 0, emulation.of(-1));
    Cost total = emulation.total();
    long macs = compiled.network().macs();
    line(row, "", "whole inference", "", macs, total);
    if (row.peer() > 0) {
      print("      TFLM and CMSIS-NN, counted in QEMU on the same network: %.2f insn/MAC%n", row.peer());
    }
    weights(row, compiled, total);
    functions(emulation, macs);
    print("%n");
    return total.instructions() / macs;
  }

  /** What `fovea estimate` has for the weights of the row's board. */
  private static void weights(Row row, Compiled compiled, Cost total) {
    Fit fit = Fit.of(compiled, row.board(), row.board().defaultRtos());
    if (!fit.fits()) {
      print("      does not fit %s%n", row.board().id());
      return;
    }
    Estimate estimate =
        Estimate.of(compiled.plan(), compiled.kernels(), fit.allocation().weights(), row.board());
    double compute = 1000 * total.strictCycles() / row.hertz();
    double weights = estimate.readMicroseconds() / 1000;
    print(
        "      estimated for %s: weights cross their memories in %.1f ms, so %.1f ms if they overlap with computing,"
            + " %.1f ms one after the other%n",
        row.board().id(), weights, Math.max(compute, weights), compute + weights);
  }

  /** Where the cycles go: the functions with more than a hundredth of them. */
  private static void functions(Emulation emulation, long macs) {
    Map<String, Cost> functions = new TreeMap<>();
    emulation.parts().forEach(p -> functions.merge(p.function(), p.cost(), Cost::plus));
    double all = emulation.total().strictCycles();
    print(
        "      strict cycles by function: %s%n",
        functions.entrySet().stream()
            .filter(f -> f.getValue().strictCycles() > 0.01 * all)
            .sorted(Comparator.comparing(f -> -f.getValue().strictCycles()))
            .map(f -> share(f.getKey(), f.getValue().strictCycles(), all, macs))
            .collect(Collectors.joining(", ")));
  }

  private static String share(String function, double cycles, double all, long macs) {
    return String.format(
        Locale.ROOT, "%s %.0f %% (%.4f a MAC)", function, 100 * cycles / all, cycles / macs);
  }

  private static void line(Row row, String number, String layer, String kernel, long macs, Cost cost) {
    double each = macs == 0 ? 0 : 1.0 / macs;
    print(
        "  %3s %-22s %-27s %12.0f | %8.3f %8.3f %8.3f | %8.2f %8.2f%n",
        number,
        layer,
        kernel,
        cost.instructions(),
        cost.instructions() * each,
        cost.cycles() * each,
        cost.strictCycles() * each,
        1000 * cost.cycles() / row.hertz(),
        1000 * cost.strictCycles() / row.hertz());
  }

  private static void print(String pattern, Object... values) {
    System.out.print(String.format(Locale.ROOT, pattern, values));
  }
}
