package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;

/** The build's view of a board. */
public final class Targets {
  /** -icount shift=4: one instruction takes 16 ns of the emulator's time. */
  private static final long EMULATED_HERTZ = 62_500_000;

  private Targets() {}

  /**
   * The target of a board that has a port.
   *
   * @throws IllegalStateException when it has none
   */
  public static Target of(Board board) {
    String port = board.port().orElseThrow(() -> new IllegalStateException(board.id()));
    boolean m7 = board.cpu().core() == Board.Core.CORTEX_M7;
    String kernelPort = m7 ? "portable/GCC/ARM_CM7/r0p1" : "portable/GCC/ARM_CM55_NTZ/non_secure";
    return new Target(
        board.id(),
        board.name(),
        port,
        m7
            ? List.of("-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard")
            : List.of("-mcpu=cortex-m55", "-mthumb", "-mfloat-abi=hard"),
        board.isEmulated() ? Target.Counter.INSTRUCTIONS : Target.Counter.CYCLES,
        board.isEmulated() ? EMULATED_HERTZ : board.cpu().hertz(),
        board.emulator().map(Board.Emulator::systickHertz).orElse(board.cpu().hertz()),
        m7 ? 4 : 3,
        kernelPort,
        kernelSources(m7, kernelPort),
        board.regions().stream().map(Targets::linkRegion).toList(),
        mpu(board));
  }

  private static List<String> kernelSources(boolean m7, String port) {
    return m7
        ? List.of("list.c", "tasks.c", port + "/port.c")
        : List.of("list.c", "tasks.c", port + "/port.c", port + "/portasm.c");
  }

  private static Target.LinkRegion linkRegion(Region region) {
    String attributes = region.kind().isWritable() ? "rw" : "rx";
    return new Target.LinkRegion(region.name(), attributes, region.base(), region.usable());
  }

  private static List<Target.MpuRegion> mpu(Board board) {
    List<Target.MpuRegion> regions = new ArrayList<>();
    boolean m7 = board.cpu().core() == Board.Core.CORTEX_M7;
    for (Region region : board.regions()) {
      MpuRegions.Access access =
          region.kind().isWritable()
              ? MpuRegions.Access.DATA
              : region.kind() == Region.Kind.FLASH
                  ? MpuRegions.Access.CODE
                  : MpuRegions.Access.CONSTANTS;
      String comment = String.format(Locale.ROOT, "%s, %d bytes", region.name(), region.usable());
      regions.addAll(
          m7
              ? MpuRegions.armv7m(region.base(), region.usable(), access, comment)
              : MpuRegions.armv8m(region.base(), region.usable(), access, comment));
    }
    regions.add(devices(m7));
    return regions;
  }

  /** The emulated boards' peripherals. */
  private static Target.MpuRegion devices(boolean m7) {
    return m7
        ? MpuRegions.armv7m(0x40000000L, 1 << 24, MpuRegions.Access.DEVICE, "peripherals").get(0)
        : MpuRegions.armv8m(0x58000000L, 1 << 25, MpuRegions.Access.DEVICE, "peripherals").get(0);
  }
}
