import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;

/** Prints the table of benchmarks/instructions. */
final class Instructions {
  public static void main(String[] arguments) throws Exception {
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      for (KernelSet set : KernelSet.values()) {
        if (set == KernelSet.PORTABLE && !arguments[0].equals("both")) {
          continue;
        }
        long start = System.nanoTime();
        Compiled compiled = Compiled.of(ModelFile.read(Path.of(file)), PlanGoal.DEFAULT, set);
        System.out.printf(Locale.ROOT, "plan %d ms, arena %.1f KiB, %s%n", (System.nanoTime() - start) / 1000000, compiled.plan().arenaBytes() / 1024.0, compiled.summary().text());
        Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
        Path project = Files.createTempDirectory("fovea-instructions-");
        Generation.project(fit).writeTo(project);
        int rows = compiled.network().input().shape().height();
        System.out.println(project + " elf layers " + compiled.network().layers().size() + " macs " + compiled.network().macs() + " rows " + rows);
        for (var layer : compiled.network().layers()) {
          var k = compiled.kernels().get(layer.index());
          System.out.printf(Locale.ROOT, "%d %s %s macs %d scratch %d: %s, %s%n", layer.index(), layer.name(), layer.outputShape(), layer.macs(), k.scratchBytes(), k.function(), k.reason());
        }
      }
    }
  }
}
