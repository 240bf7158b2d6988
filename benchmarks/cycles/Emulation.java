import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.estimate.Cost;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;

/**
 * What one inference cost in QEMU: instructions counted, cycles estimated.
 *
 * @param layers of the network; -1 is what runs between its steps
 * @param parts the same, function by function
 */
record Emulation(List<Part> layers, List<Part> parts) {
  /** One layer's, or one C function's share of it. */
  record Part(int layer, String function, Cost cost) {}

  Cost total() {
    return layers.stream().map(Part::cost).reduce(Cost.NONE, Cost::plus);
  }

  /** Of a layer; none when it has no steps. */
  Cost of(int layer) {
    return layers.stream().filter(p -> p.layer() == layer).map(Part::cost).findFirst().orElse(Cost.NONE);
  }

  /** Runs one image, noise whose neighbours are alike, with benchmarks/cycles/count. */
  static Emulation run(Path root, Core core, Compiled compiled) throws IOException, InterruptedException {
    boolean linux = core == Core.CORTEX_A7 || core == Core.CORTEX_A35;
    Fit fit = Fit.of(compiled, BoardCatalogue.find(board(core)), linux ? Rtos.LINUX : Rtos.BARE);
    Path folder = Files.createTempDirectory("fovea-emulation-");
    try {
      Generation.project(fit).writeTo(folder.resolve("project"));
      byte[] image = image(Math.toIntExact(compiled.network().input().shape().elements()));
      String steps = compiled.plan().steps().stream().map(s -> s.layer() + "\n").collect(Collectors.joining());
      Process process =
          new ProcessBuilder(
                  root.resolve("benchmarks/cycles/count").toString(),
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
      return parse(text);
    } finally {
      FileTree.delete(folder);
    }
  }

  private static String board(Core core) {
    return switch (core) {
      case CORTEX_M7 -> "qemu-mps2-an500";
      case CORTEX_M55 -> "qemu-mps3-an547";
      case CORTEX_A7 -> "stm32mp157f-dk2";
      case CORTEX_A35 -> "stm32mp257f-dk";
    };
  }

  private static Emulation parse(String text) {
    List<Part> layers = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] f = line.split(" ");
      boolean whole = f[0].equals("layer");
      int at = whole ? 2 : 3;
      Cost cost =
          new Cost(Double.parseDouble(f[at]), Double.parseDouble(f[at + 1]), Double.parseDouble(f[at + 2]));
      (whole ? layers : parts).add(new Part(Integer.parseInt(f[1]), whole ? "" : f[2], cost));
    }
    return new Emulation(layers, parts);
  }

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
