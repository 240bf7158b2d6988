package org.fovea.generator.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;

/**
 * Makes the twin of a silicon board: a board with the silicon's memories, under their names and
 * with their sizes, that lie in the memories of an emulated machine. Only memories that a plan uses
 * exist in the twin. They are placed so that {@link #guard} can cover them to the byte, with a gap
 * after each: a write one byte beyond a memory faults.
 */
public final class Twin {
  /** Of the memory protection unit, kept for the machine's peripherals. */
  private static final int PERIPHERALS = 1;

  private final Board silicon;
  private final Board base;
  private final Emulation.Machine machine;
  private final List<Region> used;

  private Twin(Board silicon, Board base, List<Region> used) {
    this.silicon = silicon;
    this.base = base;
    this.machine = machineOf(base);
    this.used = used;
  }

  /**
   * External memories keep their size when the machine can hold them all; otherwise each is cut to
   * its planned bytes, rounded up to what the memory protection unit can tell apart.
   *
   * @param plannedBytes used of each memory, by name; memories of 0 bytes are left out
   */
  public static Board of(Board silicon, Board base, Map<String, Long> plannedBytes) {
    for (String name : plannedBytes.keySet()) {
      Region region = silicon.region(name).orElseThrow(() -> new IllegalArgumentException(name));
      if (plannedBytes.get(name) > region.usableBytes()) {
        throw new IllegalArgumentException("more planned for " + name + " than it has");
      }
    }
    List<Region> used =
        silicon.regions().stream()
            .filter(r -> plannedBytes.getOrDefault(r.name(), 0L) > 0)
            .toList();
    Board twin = new Twin(silicon, base, used).board(plannedBytes);
    guard(twin);
    return twin;
  }

  /** What the memory protection unit must grant for the twin's memories, and nothing else. */
  public static MpuCover guard(Board twin) {
    Mpu mpu = machineOf(twin).mpu();
    return MpuCover.of(
        twin.regions().stream().map(AddressRange::of).toList(),
        new Mpu(mpu.kind(), mpu.regions() - PERIPHERALS));
  }

  private static Emulation.Machine machineOf(Board board) {
    if (board.emulation() instanceof Emulation.Machine machine) {
      return machine;
    }
    throw rejected(
        board.id(),
        "is no emulated board",
        "a twin runs in an emulator",
        "give an emulated board as twin_base");
  }

  private Board board(Map<String, Long> plannedBytes) {
    if (silicon.cpu().core() != base.cpu().core()) {
      throw rejected(
          silicon.id(),
          "its core is " + silicon.cpu().core() + ", that of " + base.id() + " is another",
          "the twin runs the same instructions",
          "correct twin_base");
    }
    return with(place(plannedBytes));
  }

  private List<Region> place(Map<String, Long> plannedBytes) {
    TwinLayout layout = new TwinLayout(base, machine);
    List<Region> placed = new ArrayList<>();
    ordered(false).forEach(r -> placed.add(layout.place(r)));
    List<Region> external = ordered(true);
    if (!external.isEmpty()) {
      int each = (machine.mpu().regions() - PERIPHERALS - layout.mpuRegions()) / external.size();
      boolean cut = !layout.holdsExternal(external);
      external.forEach(
          r -> placed.add(layout.placeExternal(r, plannedBytes.get(r.name()), cut, each)));
    }
    return inSiliconOrder(placed);
  }

  /** Flash first, for the vectors at its start; then the largest first. */
  private List<Region> ordered(boolean external) {
    return used.stream()
        .filter(r -> r.kind().isExternal() == external)
        .sorted(
            Comparator.<Region, Boolean>comparing(r -> r.kind() != RegionKind.FLASH)
                .thenComparing(Comparator.comparingLong(Region::bytes).reversed())
                .thenComparing(Region::name))
        .toList();
  }

  private List<Region> inSiliconOrder(List<Region> placed) {
    List<String> names = silicon.regions().stream().map(Region::name).toList();
    return placed.stream().sorted(Comparator.comparingInt(r -> names.indexOf(r.name()))).toList();
  }

  private Board with(List<Region> regions) {
    return new Board(
        silicon.id(),
        silicon.name() + " as a twin on " + base.id(),
        silicon.soc(),
        base.family(),
        base.verified(),
        base.cpu(),
        silicon.rtos(),
        base.supply(),
        base.clocks(),
        base.uart(),
        regions,
        placement(regions),
        Optional.empty(),
        List.of(),
        List.of(),
        silicon.accelerators(),
        silicon.engines(),
        silicon.notes(),
        machine);
  }

  private Placement placement(List<Region> regions) {
    List<String> present = regions.stream().map(Region::name).toList();
    Map<Use, List<String>> preferences = new EnumMap<>(Use.class);
    silicon
        .placement()
        .preferences()
        .forEach(
            (use, names) ->
                preferences.put(use, names.stream().filter(present::contains).toList()));
    return new Placement(preferences);
  }

  static BoardRejected rejected(String where, String what, String why, String remedy) {
    return new BoardRejected(List.of(new Finding("board " + where, what, why, remedy)));
  }
}
