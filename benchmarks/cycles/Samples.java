import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.board.Core;
import org.fovea.generator.estimate.Tally;
import org.fovea.generator.estimate.Workload;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/**
 * What whole networks cost in QEMU, a line for each C function of each layer: core, kernel, function, model, layer,
 * instructions, cycles, strict cycles, and what the layer repeats as unit=times.
 *
 * <p>Arguments: the repository, CORE, KERNEL_SET, OBJECTIVE, PIXELS, then .tflite files.
 */
final class Samples {
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Core core = Core.valueOf(arguments[1]);
    KernelSet set = KernelSet.valueOf(arguments[2]);
    PlanGoal goal = PlanGoal.of(Objective.valueOf(arguments[3]), InputMode.ROWS);
    PixelFormat pixels = PixelFormat.valueOf(arguments[4]);
    for (String file : List.of(arguments).subList(5, arguments.length)) {
      Compiled compiled = Compiled.of(ModelFile.read(Path.of(file)), goal, pixels, set);
      String name = Path.of(file).getFileName().toString();
      String what = String.join(" ", name, goal.objective().name(), set.name(), pixels.name());
      Workload work = Workload.of(compiled.plan(), compiled.kernels());
      Emulation.run(root, core, compiled).parts().forEach(p -> print(core, work, what, p));
    }
  }

  private static void print(Core core, Workload work, String what, Emulation.Part part) {
    int layer = part.layer();
    String kernel = layer < 0 ? Workload.DRIVER : work.layers().get(layer).kernel();
    Tally tally = layer < 0 ? work.driver() : work.layers().get(layer).tally();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s,%s,%s,%s,%d,%.0f,%.0f,%.0f,%s",
            core.id(),
            kernel,
            part.function(),
            what,
            layer,
            part.cost().instructions(),
            part.cost().cycles(),
            part.cost().strictCycles(),
            tally.counts().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "))));
  }
}
