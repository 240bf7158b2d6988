package org.fovea.generator.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out the memories of an emulated machine from their start, one after the other. */
final class TwinLayout {
  private static final long EIGHTHS_FROM = 256;

  private final Board base;
  private final Emulation.TwinHosts hosts;
  private final Mpu.Kind mpu;
  private final Map<String, Long> next = new LinkedHashMap<>();
  private int mpuRegions;

  TwinLayout(Board base, Emulation.Machine machine) {
    this.base = base;
    this.hosts = machine.twinHosts();
    this.mpu = machine.mpu().kind();
    base.regions().forEach(r -> next.put(r.name(), r.usableBase()));
  }

  /** Regions of the memory protection unit that cover what was placed until now. */
  int mpuRegions() {
    return mpuRegions;
  }

  /** True when the machine has room for these at their full sizes. */
  boolean holdsExternal(List<Region> regions) {
    long room = hosts.external().stream().mapToLong(h -> host(h).usableBytes()).max().orElse(0);
    long wanted = regions.stream().mapToLong(r -> r.bytes() + Region.GRANULE).sum();
    return wanted - Region.GRANULE <= room;
  }

  /** The region at its full size, covered by as few regions of the unit as any place allows. */
  Region place(Region region) {
    AddressRange aligned = new AddressRange(0, region.bytes());
    return place(region, MpuCover.of(aligned, mpu).size());
  }

  /** An external region, cut to its planned bytes or whole. */
  Region placeExternal(Region region, long plannedBytes, boolean cut, int allowed) {
    if (allowed < 1) {
      throw Twin.rejected(
          base.id(),
          "no memory protection left for '" + region.name() + "'",
          "the plan uses more memories than the emulated unit can guard",
          "plan with fewer memories, or without a twin");
    }
    if (!cut) {
      return place(region, allowed);
    }
    long bytes = Math.min(region.bytes(), coverable(plannedBytes, allowed));
    return place(
        new Region(region.name(), region.base(), bytes, region.kind(), region.bandwidth(), 0, 0),
        allowed);
  }

  /** Smallest size of at least this many bytes that so many regions of the unit cover exactly. */
  private long coverable(long bytes, int allowed) {
    if (mpu == Mpu.Kind.PMSAV8) {
      return (bytes + Region.GRANULE - 1) & -Region.GRANULE;
    }
    long power = Math.max(Region.GRANULE, powerOfTwo(bytes));
    long part = power < EIGHTHS_FROM ? power : power / 8;
    long whole = bytes & -part;
    long rest = bytes - whole;
    if (rest == 0) {
      return whole;
    }
    return allowed == 1 ? whole + part : whole + coverable(rest, allowed - 1);
  }

  private Region place(Region region, int allowed) {
    for (String name : hosts.of(region.kind())) {
      for (long align = Region.GRANULE; align <= powerOfTwo(region.bytes()); align *= 2) {
        long at = (next.get(name) + align - 1) & -align;
        AddressRange range = new AddressRange(at, at + region.bytes());
        int needed = MpuCover.of(range, mpu).size();
        if (range.end() <= host(name).end() && needed <= allowed) {
          next.put(name, range.end() + Region.GRANULE);
          mpuRegions += needed;
          return at(region, at);
        }
      }
    }
    throw Twin.rejected(
        base.id(),
        "no room for '" + region.name() + "' of " + region.bytes() + " bytes",
        "the emulated machine has less memory than the plan needs",
        "plan with fewer or smaller memories, or without a twin");
  }

  private Region host(String name) {
    return base.region(name).orElseThrow();
  }

  private static Region at(Region region, long address) {
    return new Region(
        region.name(),
        address,
        region.bytes(),
        region.kind(),
        region.bandwidth(),
        region.reservedStart(),
        region.reservedEnd());
  }

  /** Smallest power of two that is not below {@code n}. */
  private static long powerOfTwo(long n) {
    return n <= 1 ? 1 : Long.highestOneBit(n - 1) << 1;
  }
}
