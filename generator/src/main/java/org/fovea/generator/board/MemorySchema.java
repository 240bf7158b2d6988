package org.fovea.generator.board;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fovea.generator.yaml.Fields;
import org.fovea.generator.yaml.Spelling;

/** Reads the memory regions of a board's file and the keys that name them. */
final class MemorySchema {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,23}");
  private static final String NAME_WORDS =
      "a name of lower-case letters, digits and underscores, at most 24";

  private final Optional<Core> core;
  private final Map<String, Region> read = new LinkedHashMap<>();
  private boolean complete;

  /**
   * @param core empty when the file does not tell it rightly
   */
  MemorySchema(Optional<Core> core) {
    this.core = core;
  }

  List<Region> regions(Fields f) {
    int before = f.problems();
    List<Region> regions = f.sections("regions", this::region);
    complete = f.problems() == before;
    if (!f.has("regions") || (regions.isEmpty() && complete)) {
      f.reject("regions", "no memory regions", "the network needs memory", "list at least one");
    }
    return regions;
  }

  private Region region(Fields f) {
    Region region = plain(f);
    if (f.isClean()) {
      checkAddresses(f, region);
      checkOthers(f, region);
      read.putIfAbsent(region.name(), region);
    }
    return region;
  }

  private static Region plain(Fields f) {
    String name = f.text("name", NAME, NAME_WORDS);
    long base = granules(f, "base", f.address("base"));
    long bytes = granules(f, "bytes", f.bytes("bytes", Region.GRANULE));
    long start = f.has("reserved_start") ? f.bytes("reserved_start", 1) : 0;
    long end = f.has("reserved_end") ? f.bytes("reserved_end", 1) : 0;
    if (start >= bytes || end >= bytes - start) {
      f.reject(
          "bytes",
          "region '" + name + "' is reserved as a whole",
          "nothing of it could be used",
          "make the reserved parts smaller or remove the region");
      start = 0;
      end = 0;
    }
    RegionKind kind = f.choice("kind", RegionKind.class);
    Bandwidth bandwidth =
        f.has("bandwidth")
            ? f.section("bandwidth", MemorySchema::bandwidth).orElse(Bandwidth.UNKNOWN)
            : Bandwidth.UNKNOWN;
    return new Region(name, base, bytes, kind, bandwidth, start, end);
  }

  /** The value, or one granule less a rest when it is no multiple. */
  private static long granules(Fields f, String key, long value) {
    long rest = value % Region.GRANULE;
    if (rest != 0) {
      f.reject(
          key,
          "'" + key + "' is not a multiple of " + Region.GRANULE,
          "caches and memory protection work in steps of " + Region.GRANULE + " bytes",
          "use " + (value - rest));
    }
    return value - rest;
  }

  private static Bandwidth bandwidth(Fields f) {
    int rate = f.count("mb_per_s", 1, 1_000_000);
    Bandwidth.Basis basis = f.choice("basis", Bandwidth.Basis.class);
    if (basis == Bandwidth.Basis.UNKNOWN) {
      f.reject(
          "basis",
          "a rate of unknown origin",
          "estimates say where their figures come from",
          "use measured, inferred or unchecked");
      return Bandwidth.UNKNOWN;
    }
    return new Bandwidth(rate, basis);
  }

  private void checkAddresses(Fields f, Region region) {
    long limit = core.map(Core::addressEnd).orElse(Long.MAX_VALUE);
    if (region.bytes() > limit || region.base() > limit - region.bytes()) {
      f.reject(
          "bytes",
          "region '" + region.name() + "' ends beyond address " + Long.toHexString(limit - 1),
          "the core cannot reach it",
          "correct base or bytes");
    }
  }

  private void checkOthers(Fields f, Region region) {
    if (read.containsKey(region.name())) {
      f.reject(
          "name",
          "a second region '" + region.name() + "'",
          "regions are known by their names",
          "rename or remove one");
    }
    read.values().stream()
        .filter(region::overlaps)
        .forEach(
            other ->
                f.reject(
                    "base",
                    "region '" + region.name() + "' overlaps '" + other.name() + "'",
                    "both would hold the bytes from 0x"
                        + Long.toHexString(Math.max(region.base(), other.base())),
                    "correct base or bytes of one"));
  }

  Placement placement(Fields f) {
    return f.section("placement", this::uses).orElse(new Placement(Map.of()));
  }

  private Placement uses(Fields f) {
    Map<Use, List<String>> preferences = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      String key = use.name().toLowerCase(Locale.ROOT);
      List<String> names = names(f, key);
      if (names.isEmpty() && use.isNeeded()) {
        f.reject(key, "no region for " + key, "the firmware needs one", "name at least one region");
      }
      if (use.isWritten()) {
        names.forEach(name -> checkWritable(f, key, name));
      }
      checkLargeEnough(f, use, key, names);
      preferences.put(use, names);
    }
    return new Placement(preferences);
  }

  private void checkLargeEnough(Fields f, Use use, String key, List<String> names) {
    List<Region> regions = names.stream().filter(read::containsKey).map(read::get).toList();
    long most = regions.stream().mapToLong(Region::usableBytes).max().orElse(Long.MAX_VALUE);
    if (most < use.leastBytes()) {
      f.reject(
          key,
          "no region of '" + key + "' is large enough: the largest has " + most + " bytes",
          "no firmware does with less than " + use.leastBytes(),
          "name a larger region, or correct its bytes");
    }
  }

  private void checkWritable(Fields f, String key, String name) {
    Region region = read.get(name);
    if (region != null && !region.kind().isWritable()) {
      f.reject(
          key,
          "'" + key + "' names '" + name + "', which is flash",
          "the running program writes there",
          "name RAM");
    }
  }

  Emulation.TwinHosts hosts(Fields f) {
    return new Emulation.TwinHosts(names(f, "flash"), names(f, "ram"), names(f, "external"));
  }

  /** Names of regions, each known and named once. */
  private List<String> names(Fields f, String key) {
    List<String> names = f.texts(key, NAME, NAME_WORDS);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (complete && !read.containsKey(name)) {
        f.reject(
            key,
            "'" + key + "' names the region '" + name + "'",
            "the board has no such region",
            "one of: " + Spelling.nearest(name, read.keySet(), 3));
      }
      if (!seen.add(name)) {
        f.reject(key, "'" + key + "' names '" + name + "' twice", "once is enough", "remove one");
      }
    }
    return names;
  }
}
