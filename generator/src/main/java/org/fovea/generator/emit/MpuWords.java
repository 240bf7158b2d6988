package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Mpu;
import org.fovea.generator.board.MpuCover;
import org.fovea.generator.board.MpuRegion;

/**
 * Register values of a memory protection unit. Sources: Armv7-M Architecture Reference Manual B3.5,
 * Armv8-M Architecture Reference Manual B8.
 */
final class MpuWords {

  /** What firmware may do with a memory. */
  record Access(boolean write, boolean execute, boolean device) {
    static final Access DEVICE = new Access(true, false, true);
  }

  private static final long NORMAL_V7 = 0x000b0000; // write-back, read and write allocate
  private static final long DEVICE_V7 = 0x00050000;

  private MpuWords() {}

  static List<Target.MpuRegion> of(AddressRange range, Mpu mpu, Access access, String comment) {
    List<Target.MpuRegion> words = new ArrayList<>();
    for (MpuRegion region : MpuCover.of(List.of(range), mpu).regions()) {
      words.add(
          mpu.kind() == Mpu.Kind.PMSAV7
              ? armv7m(region, access, comment)
              : armv8m(region, access, comment));
    }
    return words;
  }

  private static Target.MpuRegion armv7m(MpuRegion region, Access access, String comment) {
    int log2 = 63 - Long.numberOfLeadingZeros(region.bytes());
    long rasr = access.device() ? DEVICE_V7 : NORMAL_V7;
    rasr |= access.write() ? 3L << 24 : 6L << 24;
    rasr |= access.execute() ? 0 : 1L << 28;
    rasr |= ((long) region.disabledSubregions() << 8) | ((log2 - 1L) << 1) | 1;
    return new Target.MpuRegion(region.base(), rasr, comment(region, access, comment));
  }

  private static Target.MpuRegion armv8m(MpuRegion region, Access access, String comment) {
    long flags = (access.write() ? 2 : 6) | (access.execute() ? 0 : 1);
    long limit = (region.base() + region.bytes() - 1) & ~31L;
    long attribute = access.device() ? 2 : 0;
    return new Target.MpuRegion(
        region.base() | flags, limit | (attribute << 1) | 1, comment(region, access, comment));
  }

  private static String comment(MpuRegion region, Access access, String name) {
    String rights =
        (access.write() ? "read-write" : "read-only") + (access.execute() ? ", code" : "");
    return String.format(Locale.ROOT, "%s: %s, from 0x%08x", name, rights, region.base());
  }
}
