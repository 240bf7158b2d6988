import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.estimate.Tally;
import org.fovea.generator.estimate.Workload;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/**
 * What whole networks cost in QEMU, a line for each layer: core, kernel, model, layer, instructions, cycles, strict
 * cycles, and what the layer repeats as unit=times.
 *
 * <p>Arguments: the repository, CORE, KERNEL_SET, OBJECTIVE, PIXELS, then .tflite files.
 */
final class Samples {
  public static void main(String[] arguments) throws Exception {
    Path count = Path.of(arguments[0], "benchmarks/cycles/count");
    Core core = Core.valueOf(arguments[1]);
    KernelSet set = KernelSet.valueOf(arguments[2]);
    PlanGoal goal = PlanGoal.of(Objective.valueOf(arguments[3]), InputMode.ROWS);
    PixelFormat pixels = PixelFormat.valueOf(arguments[4]);
    for (String file : List.of(arguments).subList(5, arguments.length)) {
      Compiled compiled = Compiled.of(ModelFile.read(Path.of(file)), goal, pixels, set);
      print(core, compiled, Path.of(file).getFileName() + " " + goal.objective() + " " + set, count, System.out);
    }
  }

  private static void print(Core core, Compiled compiled, String what, Path count, PrintStream out) throws Exception {
    Workload work = Workload.of(compiled.plan(), compiled.kernels());
    for (String line : run(core, compiled, count)) {
      String[] f = line.split(" ");
      if (f[0].equals("layer")) {
        int layer = Integer.parseInt(f[1]);
        String kernel = layer < 0 ? Workload.DRIVER : work.layers().get(layer).kernel();
        Tally tally = layer < 0 ? work.driver() : work.layers().get(layer).tally();
        out.println(
            String.join(",", core.id(), kernel, what, f[1], f[2], f[3], f[4])
                + ","
                + tally.counts().entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(" ")));
      }
    }
  }

  private static List<String> run(Core core, Compiled compiled, Path count) throws Exception {
    String board = core == Core.CORTEX_M7 ? "qemu-mps2-an500" : "qemu-mps3-an547";
    Fit fit = Fit.of(compiled, BoardCatalogue.find(board), Rtos.BARE);
    Path folder = Files.createTempDirectory("fovea-samples-");
    try {
      Generation.project(fit).writeTo(folder.resolve("project"));
      byte[] image = image(Math.toIntExact(compiled.network().input().shape().elements()));
      String steps = compiled.plan().steps().stream().map(s -> s.layer() + "\n").collect(Collectors.joining());
      Process process =
          new ProcessBuilder(
                  count.toString(),
                  core.id(),
                  folder.resolve("project").toString(),
                  Files.write(folder.resolve("image"), image).toString(),
                  Files.writeString(folder.resolve("steps"), steps).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(text);
      }
      return text.lines().toList();
    } finally {
      FileTree.delete(folder);
    }
  }

  /** Noise whose neighbours are alike. */
  private static byte[] image(int bytes) {
    Random random = new Random(7);
    byte[] image = new byte[bytes];
    int level = 128;
    for (int i = 0; i < bytes; i++) {
      level = (3 * level + random.nextInt(256)) / 4;
      image[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : level);
    }
    return image;
  }
}
