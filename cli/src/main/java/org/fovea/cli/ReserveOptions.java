package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.Reserved;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the user's application keeps of a board's memories. */
final class ReserveOptions {
  @Option(
      names = "--reserve",
      paramLabel = "REGION=SIZE",
      converter = Wish.class,
      description =
          "Bytes of a memory region that your application keeps, such as AXI=150K: a region's name"
              + " or its beginning. May be repeated; bytes of one region add up.")
  private List<Reserved.Wish> wishes = new ArrayList<>();

  List<Reserved.Wish> wishes() {
    return wishes;
  }

  /** {@code axi_sram=150K}. */
  static final class Wish implements ITypeConverter<Reserved.Wish> {
    private final PlanOptions.Size size = new PlanOptions.Size();

    @Override
    public Reserved.Wish convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException(
            "'" + text + "' is not a region and a size such as axi_sram=150K");
      }
      long bytes = size.convert(text.substring(equals + 1));
      if (bytes == 0) {
        throw new TypeConversionException("'" + text + "' reserves nothing");
      }
      return new Reserved.Wish(text.substring(0, equals).toLowerCase(Locale.ROOT), bytes);
    }
  }
}
