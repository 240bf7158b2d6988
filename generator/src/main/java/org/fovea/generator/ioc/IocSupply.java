package org.fovea.generator.ioc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Part;
import org.fovea.generator.board.Supply;

/** Reads how the core is powered. */
final class IocSupply {
  private static final List<String> KEYS =
      List.of("RCC.SupplySource", "PWR.SupplySource", "PWR.PowerSupply");
  private static final Map<String, Supply.Kind> KINDS =
      Map.of(
          "PWR_LDO_SUPPLY", Supply.Kind.LDO,
          "PWR_DIRECT_SMPS_SUPPLY", Supply.Kind.SMPS_DIRECT,
          "PWR_EXTERNAL_SOURCE_SUPPLY", Supply.Kind.EXTERNAL);
  private static final String WRONG = "a wrong supply locks the debugger out";

  private IocSupply() {}

  /** Empty when the base's supply stays, and when there is a finding. */
  static Optional<Taken<Supply.Kind>> read(
      IocFile ioc, Board base, Optional<Part> part, IocFindings findings, Remarks remarks) {
    boolean noConverter = part.map(p -> p.converter().equals("none")).orElse(false);
    Optional<Taken<String>> said = ioc.first(KEYS);
    if (said.isEmpty()) {
      if (noConverter && base.supply().kind() == Supply.Kind.SMPS_DIRECT) {
        return Optional.of(new Taken<>(Supply.Kind.LDO, "the chip has no converter", 1));
      }
      remarks.add(
          "the project does not say the supply: it stays as on the known board. Compare it with the"
              + " schematic; "
              + WRONG);
      return Optional.empty();
    }
    Taken<String> key = said.get();
    Supply.Kind kind = KINDS.get(key.value());
    if (kind == null) {
      findings.add(
          key.line(),
          key.key() + " is " + IocFindings.quote(key.value()),
          "Fovea's firmware knows LDO, SMPS direct and an external source, and " + WRONG,
          "wire the board for one of these, or leave out --ioc and write supply by hand");
      return Optional.empty();
    }
    if (kind == Supply.Kind.SMPS_DIRECT && noConverter) {
      findings.add(
          key.line(),
          key.key() + " is " + key.value(),
          "an " + part.orElseThrow().pattern() + " has no step-down converter, and " + WRONG,
          "correct it in STM32CubeMX");
      return Optional.empty();
    }
    return Optional.of(new Taken<>(kind, key.key(), key.line()));
  }
}
