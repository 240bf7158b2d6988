package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * Everything Fovea knows of a board. Region names are unique, regions do not overlap, and every
 * name in the placement is a region's.
 *
 * @param id as the user types it
 * @param soc part number
 * @param family names the port that its firmware needs
 * @param rtos what its firmware can run on, the default first
 * @param startup empty where nothing is to be set up before the firmware, or Fovea does not know
 *     how
 * @param externalLoaders of STM32CubeProgrammer, for its external flash
 * @param accelerators that could run the network instead of the CPU, for the user to know
 * @param engines ids of those that Fovea can call
 */
public record Board(
    String id,
    String name,
    String soc,
    String family,
    Verified verified,
    Cpu cpu,
    List<Rtos> rtos,
    Supply supply,
    Clocks clocks,
    Uart uart,
    List<Region> regions,
    Placement placement,
    Optional<Startup> startup,
    List<String> externalLoaders,
    List<String> cameras,
    List<String> accelerators,
    List<String> engines,
    Notes notes,
    Emulation emulation) {

  public Board {
    rtos = List.copyOf(rtos);
    regions = List.copyOf(regions);
    externalLoaders = List.copyOf(externalLoaders);
    cameras = List.copyOf(cameras);
    accelerators = List.copyOf(accelerators);
    engines = List.copyOf(engines);
  }

  /** The same board with other memories. */
  Board with(List<Region> memories, Placement uses, Optional<Startup> start) {
    return with(cpu, memories, uses, start);
  }

  /**
   * The same board at its highest clock.
   *
   * @throws UserFault.UsageRefused when no way there is known to be safe
   */
  public Board atHighestClock() {
    Optional<Startup> fast = startup.flatMap(Startup::atHighestClock);
    if (fast.isEmpty()) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  "--fast",
                  id + " runs at " + cpu.defaultHertz() / 1_000_000 + " MHz only",
                  supply.note().isEmpty()
                      ? "its board file has no section startup: fast"
                      : supply.note(),
                  "leave --fast away")));
    }
    return with(cpu.atHighestClock(), regions, placement, fast);
  }

  private Board with(Cpu core, List<Region> memories, Placement uses, Optional<Startup> start) {
    return new Board(
        id,
        name,
        soc,
        family,
        verified,
        core,
        rtos,
        supply,
        clocks,
        uart,
        memories,
        uses,
        start,
        externalLoaders,
        cameras,
        accelerators,
        engines,
        notes,
        emulation);
  }

  /** The same board, whose Linux programs run in QEMU's user mode. */
  public Board inUserMode() {
    return new Board(
        id,
        name + " in QEMU's user mode",
        soc,
        family,
        verified,
        cpu,
        rtos,
        supply,
        clocks,
        uart,
        regions,
        placement,
        startup,
        externalLoaders,
        cameras,
        accelerators,
        engines,
        notes,
        new Emulation.UserMode(UserSpace.of(cpu.core()).emulator(), cpu.core().id()));
  }

  public Rtos defaultRtos() {
    return rtos.get(0);
  }

  public Optional<Region> region(String regionName) {
    return regions.stream().filter(r -> r.name().equals(regionName)).findFirst();
  }

  /** The regions that may hold this, the best first. */
  public List<Region> placesFor(Use use) {
    return placement.names(use).stream().flatMap(n -> region(n).stream()).toList();
  }

  public boolean allows(Use use, Region region) {
    return placement.names(use).contains(region.name());
  }
}
