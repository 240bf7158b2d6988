package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the commands that plan memory. */
final class PlanOptions {
  /** The options that choose a plan. */
  static final List<String> NAMES = List.of("--optimize", "--max-ram", "--input");

  @ArgGroup private Wish wish = new Wish();

  @Option(
      names = "--input",
      paramLabel = "rows|frame",
      description =
          "How the image comes: rows, each when the network asks for it, or frame, held as a whole"
              + " before the first layer. Default: rows.")
  private InputMode input = InputMode.ROWS;

  @Option(
      names = "--pixels",
      paramLabel = "rgb888|rgb565|yuv422",
      description =
          "What a row holds: rgb888, the network's values; or a camera's rgb565 or yuv422, two"
              + " bytes a pixel, expanded on the device (docs/PIXELS.md). Default: rgb888.")
  private PixelFormat pixels = PixelFormat.RGB888;

  /** Either what the plan is best at, or what it must keep to. */
  static final class Wish {
    @Option(
        names = "--optimize",
        paramLabel = "time|ram|balanced|throughput",
        description =
            "time: least work; ram: least memory, with at most twice that work; balanced: between"
                + " them; throughput: most images in a time, the next one begins while the last"
                + " one is in work. Default: time.")
    private Optional<Objective> objective = Optional.empty();

    @Option(
        names = "--max-ram",
        paramLabel = "SIZE",
        converter = Size.class,
        description =
            "Most memory of activations and scratch, such as 200K: the least work within it.")
    private Optional<Long> most = Optional.empty();
  }

  /** {@code 200K}, {@code 1M} or bytes: powers of 1024. */
  static final class Size implements ITypeConverter<Long> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{1,9}[KkMm]?");

    @Override
    public Long convert(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new TypeConversionException("'" + text + "' is not a size such as 200K or 1M");
      }
      int shift = text.matches(".*[Kk]") ? 10 : text.matches(".*[Mm]") ? 20 : 0;
      return Long.parseLong(text.replaceAll("[^0-9]", "")) << shift;
    }
  }

  /** Those that the user gave; a default counts as none. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    wish.objective.ifPresent(o -> given.add("--optimize"));
    wish.most.ifPresent(m -> given.add("--max-ram"));
    if (input != InputMode.ROWS) {
      given.add("--input");
    }
    if (pixels != PixelFormat.RGB888) {
      given.add("--pixels");
    }
    return given;
  }

  PixelFormat pixels() {
    return pixels;
  }

  PlanGoal goal() {
    return new PlanGoal(
        wish.objective.orElse(Objective.TIME),
        input,
        wish.most.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
