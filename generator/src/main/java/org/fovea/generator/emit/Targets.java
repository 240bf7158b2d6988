package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Held;
import org.fovea.generator.board.Mpu;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.UserSpace;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.Purpose;

/** The build's view of a board and what lies where on it. */
public final class Targets {
  /** -icount shift=4: one instruction takes 16 ns of the emulator's time. */
  private static final long EMULATED_HERTZ = 62_500_000;

  /** Room for the vector table where a machine boots from elsewhere than the code. */
  private static final long VECTORS_BYTES = 1024;

  private static final String BOOT_VECTORS = "boot_vectors";

  private Targets() {}

  /** Whether firmware can be made for the board itself. */
  public static boolean hasPort(Board board) {
    return !board.cpu().core().isMicrocontroller() || Port.of(board).isPresent();
  }

  /**
   * The target of an allocation.
   *
   * @param reserved what the allocation keeps off
   * @param held what a compiled network has
   * @throws UserFault.BoardRejected when there is no port for the board's family
   */
  public static Target of(Allocation allocation, Reserved reserved, List<Held> held) {
    Board board = allocation.board();
    if (!board.cpu().core().isMicrocontroller()) {
      return process(board);
    }
    Port port = Port.of(board).orElseThrow(() -> noPort(board));
    if (board.emulation() instanceof Emulation.Machine machine) {
      Region code = allocation.regionOf(Purpose.CODE);
      Optional<Long> vectors = Optional.of(machine.vectors()).filter(v -> v != code.usableBase());
      return microcontroller(
          allocation,
          port,
          port.files(Optional.empty()),
          Optional.empty(),
          new Timing(Target.Counter.INSTRUCTIONS, EMULATED_HERTZ, machine.timerHertz()),
          linkRegions(allocation, vectors, held),
          mpu(allocation, machine.mpu(), port, held),
          reserved);
    }
    requireMapped(allocation);
    long hertz = board.cpu().defaultHertz();
    Optional<Startup.Interface> externalFlash =
        board
            .startup()
            .flatMap(Startup::externalFlash)
            .filter(flash -> isUsed(allocation, flash.region()) || holds(held, flash.region()))
            .map(Startup.ExternalFlash::kind);
    return microcontroller(
        allocation,
        port,
        port.files(externalFlash),
        Optional.of(board),
        new Timing(Target.Counter.CYCLES, hertz, hertz),
        linkRegions(allocation, Optional.empty(), held),
        mpu(allocation, port.mpu(), port, held),
        reserved);
  }

  /** What counts, and how fast. */
  private record Timing(Target.Counter counter, long clockHertz, long systickHertz) {}

  /** Names of the external memories that start-up makes readable. */
  static List<String> mapped(Board board) {
    return board
        .startup()
        .flatMap(Startup::externalFlash)
        .map(flash -> List.of(flash.region()))
        .orElse(List.of());
  }

  private static boolean isUsed(Allocation allocation, String name) {
    return allocation.board().region(name).stream().anyMatch(r -> !allocation.in(r).isEmpty());
  }

  private static boolean holds(List<Held> held, String region) {
    return held.stream().anyMatch(h -> h.region().equals(region));
  }

  /** External memory is not there until somebody sets up its controller. */
  private static void requireMapped(Allocation allocation) {
    Board board = allocation.board();
    List<Finding> findings =
        board.regions().stream()
            .filter(r -> r.kind().isExternal() && !mapped(board).contains(r.name()))
            .filter(r -> !allocation.in(r).isEmpty())
            .map(
                r ->
                    new Finding(
                        board.id() + " " + r.name(),
                        "is not set up by the port, and the plan uses it",
                        "its controller must be started before",
                        "keep off it with --reserve "
                            + r.name()
                            + "="
                            + r.usableBytes() / 1024
                            + "K, which asks for a plan without it"))
            .toList();
    if (!findings.isEmpty()) {
      throw new UserFault.BoardRejected(findings);
    }
  }

  private static Target process(Board board) {
    return new Target.LinuxProcess(
        board.id(),
        board.name(),
        board.cpu().gccFlags(),
        board.uart().baud(),
        UserSpace.of(board.cpu().core()).toolchain());
  }

  private static Target microcontroller(
      Allocation allocation,
      Port port,
      List<String> files,
      Optional<Board> silicon,
      Timing timing,
      List<Target.LinkRegion> regions,
      List<Target.MpuRegion> mpu,
      Reserved reserved) {
    Board board = allocation.board();
    boolean m7 = board.cpu().core() == Core.CORTEX_M7;
    String kernelPort = m7 ? "portable/GCC/ARM_CM7/r0p1" : "portable/GCC/ARM_CM55_NTZ/non_secure";
    String code = allocation.regionOf(Purpose.CODE).name();
    boolean bootsElsewhere = regions.get(0).name().equals(BOOT_VECTORS);
    return new Target.Microcontroller(
        board.id(),
        board.name(),
        files,
        board.emulation() instanceof Emulation.Machine machine ? machine.command() : List.of(),
        silicon,
        board.cpu().gccFlags(),
        timing.counter(),
        timing.clockHertz(),
        timing.systickHertz(),
        port.priorityBits(),
        kernelPort,
        kernelSources(m7, kernelPort),
        bootsElsewhere ? BOOT_VECTORS : code,
        regions,
        mpu,
        application(board, reserved));
  }

  /** The ends of the regions: what lies before them is the firmware's. */
  private static List<Target.Kept> application(Board board, Reserved reserved) {
    List<Target.Kept> kept = new ArrayList<>();
    for (Region region : board.regions()) {
      long bytes = reserved.in(region.name());
      if (bytes > 0) {
        long end = region.usableBase() + reserved.capacity(region);
        kept.add(new Target.Kept(region.name(), end - bytes, end));
      }
    }
    return kept;
  }

  private static UserFault noPort(Board board) {
    String twin =
        board.emulation() instanceof Emulation.TwinBase
            ? "try it as its emulated twin: add --emulated; "
            : "";
    return new UserFault.BoardRejected(
        List.of(
            new Finding(
                board.id(),
                "has no port yet",
                "Fovea knows its memories, but has no startup code and drivers for " + board.soc(),
                twin
                    + "or take the project of qemu-mps2-an500 as a start and write"
                    + " firmware-templates/ports/"
                    + board.family()
                    + " (docs/ADDING.md)")));
  }

  private static List<String> kernelSources(boolean m7, String port) {
    return m7
        ? List.of("list.c", "tasks.c", port + "/port.c")
        : List.of("list.c", "tasks.c", port + "/port.c", port + "/portasm.c");
  }

  /**
   * @param vectors their address where the core does not boot from the start of the code
   */
  private static List<Target.LinkRegion> linkRegions(
      Allocation allocation, Optional<Long> vectors, List<Held> held) {
    List<Target.LinkRegion> regions = new ArrayList<>();
    vectors.ifPresent(
        v -> regions.add(new Target.LinkRegion(BOOT_VECTORS, "rx", v, VECTORS_BYTES)));
    for (Region region : allocation.board().regions()) {
      if (!allocation.in(region).isEmpty() || holds(held, region.name())) {
        MpuWords.Access access = access(allocation, region, held);
        String attributes = "r" + (access.write() ? "w" : "") + (access.execute() ? "x" : "");
        regions.add(
            new Target.LinkRegion(
                region.name(), attributes, region.usableBase(), region.usableBytes()));
      }
    }
    return regions;
  }

  /** Only memory that holds something may be touched, and only as what it holds needs. */
  private static List<Target.MpuRegion> mpu(
      Allocation allocation, Mpu mpu, Port port, List<Held> held) {
    List<Target.MpuRegion> regions = new ArrayList<>();
    for (Region region : allocation.board().regions()) {
      range(allocation, region, held)
          .map(r -> MpuWords.of(r, mpu, access(allocation, region, held), region.name()))
          .ifPresent(regions::addAll);
    }
    regions.addAll(MpuWords.of(port.peripherals(), mpu, MpuWords.Access.DEVICE, "peripherals"));
    if (regions.size() > mpu.regions()) {
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  allocation.board().id(),
                  "its memories need " + regions.size() + " MPU regions",
                  "the core has " + mpu.regions(),
                  "place what it holds in fewer regions (placement in its board file), or reserve"
                      + " rounder sizes")));
    }
    return regions;
  }

  /** What of a region may be touched: what the firmware may use, and what is held. */
  private static Optional<AddressRange> range(
      Allocation allocation, Region region, List<Held> held) {
    List<AddressRange> ranges = new ArrayList<>();
    if (!allocation.in(region).isEmpty()) {
      ranges.add(new AddressRange(region.usableBase(), region.usableBase() + region.usableBytes()));
    }
    held.stream()
        .filter(h -> h.region().equals(region.name()))
        .forEach(h -> ranges.add(h.range().granules()));
    return ranges.stream()
        .reduce(
            (a, b) -> new AddressRange(Math.min(a.base(), b.base()), Math.max(a.end(), b.end())));
  }

  private static MpuWords.Access access(Allocation allocation, Region region, List<Held> held) {
    boolean write =
        allocation.in(region).stream().anyMatch(p -> !p.need().purpose().isConstant())
            || held.stream().anyMatch(h -> h.writable() && h.region().equals(region.name()));
    boolean execute =
        allocation.in(region).stream().anyMatch(p -> p.need().purpose() == Purpose.CODE);
    return new MpuWords.Access(write, execute, false);
  }
}
