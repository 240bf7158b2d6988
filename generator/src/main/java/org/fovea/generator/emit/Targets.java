package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Reserved;
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

  /** Where each port's family has its peripherals. */
  private static final Map<String, AddressRange> PERIPHERALS =
      Map.of(
          "mps2", new AddressRange(0x40000000L, 0x41000000L),
          "mps3", new AddressRange(0x58000000L, 0x5a000000L));

  private Targets() {}

  /** Whether firmware can be made for the board itself. */
  public static boolean hasPort(Board board) {
    return !board.cpu().core().isMicrocontroller()
        || (board.emulation() instanceof Emulation.Machine
            && PERIPHERALS.containsKey(board.family()));
  }

  /**
   * The target of an allocation.
   *
   * @param reserved what the allocation keeps off
   * @throws UserFault.BoardRejected when there is no port for the board's family
   */
  public static Target of(Allocation allocation, Reserved reserved) {
    Board board = allocation.board();
    if (!board.cpu().core().isMicrocontroller()) {
      return process(board);
    }
    if (!(board.emulation() instanceof Emulation.Machine machine) || !hasPort(board)) {
      throw noPort(board);
    }
    return microcontroller(allocation, machine, reserved);
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
      Allocation allocation, Emulation.Machine machine, Reserved reserved) {
    Board board = allocation.board();
    boolean m7 = board.cpu().core() == Core.CORTEX_M7;
    String kernelPort = m7 ? "portable/GCC/ARM_CM7/r0p1" : "portable/GCC/ARM_CM55_NTZ/non_secure";
    Region code = allocation.regionOf(Purpose.CODE);
    boolean bootsElsewhere = code.usableBase() != machine.vectors();
    return new Target.Microcontroller(
        board.id(),
        board.name(),
        board.family(),
        board.cpu().gccFlags(),
        Target.Counter.INSTRUCTIONS,
        EMULATED_HERTZ,
        machine.timerHertz(),
        m7 ? 4 : 3,
        kernelPort,
        kernelSources(m7, kernelPort),
        bootsElsewhere ? "boot_vectors" : code.name(),
        linkRegions(allocation, machine, bootsElsewhere),
        mpu(allocation, machine),
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

  private static List<Target.LinkRegion> linkRegions(
      Allocation allocation, Emulation.Machine machine, boolean bootsElsewhere) {
    List<Target.LinkRegion> regions = new ArrayList<>();
    if (bootsElsewhere) {
      regions.add(new Target.LinkRegion("boot_vectors", "rx", machine.vectors(), VECTORS_BYTES));
    }
    for (Region region : allocation.board().regions()) {
      if (!allocation.in(region).isEmpty()) {
        MpuWords.Access access = access(allocation, region);
        String attributes = "r" + (access.write() ? "w" : "") + (access.execute() ? "x" : "");
        regions.add(
            new Target.LinkRegion(
                region.name(), attributes, region.usableBase(), region.usableBytes()));
      }
    }
    return regions;
  }

  /** Only memory that holds something may be touched, and only as what it holds needs. */
  private static List<Target.MpuRegion> mpu(Allocation allocation, Emulation.Machine machine) {
    List<Target.MpuRegion> regions = new ArrayList<>();
    for (Region region : allocation.board().regions()) {
      if (!allocation.in(region).isEmpty()) {
        AddressRange range =
            new AddressRange(region.usableBase(), region.usableBase() + region.usableBytes());
        regions.addAll(
            MpuWords.of(range, machine.mpu(), access(allocation, region), region.name()));
      }
    }
    AddressRange peripherals = PERIPHERALS.get(allocation.board().family());
    regions.addAll(MpuWords.of(peripherals, machine.mpu(), MpuWords.Access.DEVICE, "peripherals"));
    if (regions.size() > machine.mpu().regions()) {
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  allocation.board().id(),
                  "its memories need " + regions.size() + " MPU regions",
                  machine.machine() + " has " + machine.mpu().regions(),
                  "place what it holds in fewer regions (placement in its board file), or reserve"
                      + " rounder sizes")));
    }
    return regions;
  }

  private static MpuWords.Access access(Allocation allocation, Region region) {
    boolean write = allocation.in(region).stream().anyMatch(p -> !p.need().purpose().isConstant());
    boolean execute =
        allocation.in(region).stream().anyMatch(p -> p.need().purpose() == Purpose.CODE);
    return new MpuWords.Access(write, execute, false);
  }
}
