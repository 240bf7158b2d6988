package org.fovea.generator.ioc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.RegionKind;

/** Compares the external memories and cameras of a project with those of the known board. */
final class IocMemories {
  private static final Pattern SERIAL = Pattern.compile("(QUADSPI|OCTOSPI|XSPI|HSPI)[0-9]?");
  private static final Pattern PARALLEL = Pattern.compile("FMC");
  private static final Pattern CAMERA = Pattern.compile("DCMI|DCMIPP|CSI|PSSI");

  /** The exponent of two that each controller's driver wants; QUADSPI's counts from one. */
  private static final List<String> SIZES = List.of("FlashSize", "DeviceSize", "MemorySize");

  private final IocFile ioc;
  private final Board base;
  private final Remarks remarks;

  IocMemories(IocFile ioc, Board base, Remarks remarks) {
    this.ioc = ioc;
    this.base = base;
    this.remarks = remarks;
  }

  void compare() {
    List<String> peripherals =
        ioc.entries().entrySet().stream()
            .filter(e -> e.getKey().matches("Mcu\\.IP[0-9]{1,3}"))
            .map(e -> e.getValue().value())
            .toList();
    List<String> serial = matching(peripherals, SERIAL);
    List<String> parallel = matching(peripherals, PARALLEL);
    for (String controller : serial) {
      used(controller, RegionKind.EXTERNAL_FLASH);
    }
    for (String controller : parallel) {
      used(controller, RegionKind.EXTERNAL_RAM);
    }
    unused(RegionKind.EXTERNAL_FLASH, serial.isEmpty());
    unused(RegionKind.EXTERNAL_RAM, serial.isEmpty() && parallel.isEmpty());
    if (!base.cameras().isEmpty() && matching(peripherals, CAMERA).isEmpty()) {
      remarks.add("the project has no camera interface: remove cameras");
    }
    if (!base.externalLoaders().isEmpty()) {
      remarks.add(
          base.externalLoaders().get(0)
              + " is made for the pins of "
              + base.name()
              + ": with other pins or another chip the flash needs a loader of its own");
    }
  }

  private static List<String> matching(List<String> peripherals, Pattern pattern) {
    return peripherals.stream().filter(p -> pattern.matcher(p).matches()).toList();
  }

  private void used(String controller, RegionKind kind) {
    String size = size(controller);
    List<Region> known = base.regions().stream().filter(r -> r.kind() == kind).toList();
    if (known.isEmpty()) {
      remarks.add(
          "the project uses "
              + controller
              + size
              + ": add a region if a memory is mapped there, its name under placement"
              + (kind == RegionKind.EXTERNAL_FLASH ? ", and its external_loaders" : ""));
    } else {
      remarks.add(
          "the project uses %s%s: check base, size and rate of %s, which are those of %s"
              .formatted(controller, size, known.get(0).name(), base.name()));
    }
  }

  private void unused(RegionKind kind, boolean absent) {
    if (absent) {
      base.regions().stream()
          .filter(r -> r.kind() == kind)
          .forEach(
              r ->
                  remarks.add(
                      "the project has no controller for "
                          + r.name()
                          + ": remove it from regions and placement if the board has no such"
                          + " memory"));
    }
  }

  private String size(String controller) {
    Optional<Taken<String>> said =
        ioc.first(SIZES.stream().map(s -> controller + "." + s).toList());
    OptionalLong power =
        said.map(s -> IocOscillator.number(s.value().replaceAll("[^0-9].*", "")))
            .orElse(OptionalLong.empty());
    if (power.isEmpty() || power.getAsLong() > 31) {
      return "";
    }
    boolean fromOne = said.get().key().endsWith("FlashSize");
    long bytes = 1L << (power.getAsLong() + (fromOne ? 1 : 0));
    return " (line %d: %d KiB)".formatted(said.get().line(), bytes >> 10);
  }
}
