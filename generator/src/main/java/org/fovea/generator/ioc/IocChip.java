package org.fovea.generator.ioc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.ChipLine;
import org.fovea.generator.board.Part;

/**
 * Reads which chip a project is for, and whether a known board's facts can be those of its board.
 */
final class IocChip {
  private static final Pattern NUMBER = Pattern.compile("STM32[A-Z0-9]{6}[A-Za-z0-9]{0,9}");
  private static final List<String> KEYS = List.of("Mcu.CPN", "Mcu.UserName");
  private static final String SAME_CHIP = "only boards of one chip line share facts";

  private IocChip() {}

  /** The part number as board files have it; empty with a finding. */
  static Optional<Taken<String>> read(IocFile ioc, Board base, IocFindings findings) {
    Optional<Taken<String>> said = ioc.first(KEYS);
    if (said.isEmpty()) {
      findings.add(
          1,
          "neither Mcu.CPN nor Mcu.UserName",
          "a project of STM32CubeMX names its chip there",
          "save the project in STM32CubeMX and take that file");
      return Optional.empty();
    }
    Taken<String> number = said.get();
    if (!NUMBER.matcher(number.value()).matches()) {
      findings.add(
          number.line(),
          number.key() + " is " + IocFindings.quote(number.value()),
          "that is no part number of an STM32",
          "save the project in STM32CubeMX again");
      return Optional.empty();
    }
    Taken<String> soc =
        new Taken<>(number.value().substring(0, Part.LENGTH), number.key(), number.line());
    contradiction(ioc, soc, findings);
    return fits(ioc, soc, base, findings) ? Optional.of(soc) : Optional.empty();
  }

  private static void contradiction(IocFile ioc, Taken<String> soc, IocFindings findings) {
    ioc.entry("Mcu.UserName")
        .filter(e -> !e.value().startsWith(soc.value()))
        .ifPresent(
            e ->
                findings.add(
                    e.line(),
                    "Mcu.UserName is "
                        + IocFindings.quote(e.value())
                        + ", but "
                        + soc.key()
                        + " is "
                        + soc.value(),
                    "one project is for one chip",
                    "save the project in STM32CubeMX again"));
  }

  private static boolean fits(IocFile ioc, Taken<String> soc, Board base, IocFindings findings) {
    Optional<ChipLine> own = ChipLine.of(soc.value());
    Optional<ChipLine> known = ChipLine.of(base.soc());
    Optional<String> family = ioc.entry("Mcu.Family").map(e -> e.value().toLowerCase(Locale.ROOT));
    boolean otherFamily =
        family.isPresent()
            ? !family.get().equals(base.family())
            : own.isPresent() && !own.get().family().equals(base.family());
    boolean otherLine = own.isPresent() && !own.equals(known);
    if (otherFamily || otherLine) {
      findings.add(
          soc.line(),
          soc.key() + " is an " + soc.value() + ", and " + base.id() + " has an " + base.soc(),
          SAME_CHIP,
          remedy(own));
      return false;
    }
    return true;
  }

  private static String remedy(Optional<ChipLine> own) {
    List<String> ids =
        BoardCatalogue.all().stream()
            .filter(b -> own.isPresent() && ChipLine.of(b.soc()).equals(own))
            .map(Board::id)
            .toList();
    return ids.isEmpty()
        ? "no board that Fovea knows has such a chip: write a board file by hand (docs/ADDING.md)"
        : "name one with this chip: --from " + String.join(" or --from ", ids);
  }
}
