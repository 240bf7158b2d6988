package org.fovea.generator.neuralart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Held;
import org.fovea.generator.board.Placement;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.RegionKind;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Use;
import org.fovea.generator.fault.Finding;

/**
 * Where a compiled network lies on a board, whose addresses it has fixed, and what it leaves.
 *
 * @param board with less of each region: what the firmware may use
 * @param held in the order of addresses
 */
public record NpuMemory(Board board, List<Held> held) {
  /** RAM that is the NPU's cache of external memory. */
  private static final String CACHE = "cacheaxi";

  public NpuMemory {
    held = List.copyOf(held);
  }

  /**
   * Places a network.
   *
   * @param file the compiled network's, for findings
   * @param findings one for each pool that cannot lie where it does
   */
  public static Optional<NpuMemory> of(
      Board board, CompiledNetwork network, String file, List<Finding> findings) {
    int before = findings.size();
    List<Held> held = new ArrayList<>();
    for (Pool pool : network.pools()) {
      place(board, pool, file, findings).ifPresent(held::add);
    }
    held.sort(Comparator.comparingLong(h -> h.range().base()));
    for (int i = 1; i < held.size(); i++) {
      Held one = held.get(i - 1);
      Held other = held.get(i);
      if (other.range().base() < one.range().end()) {
        findings.add(
            bad(
                file,
                "its pools " + one.name() + " and " + other.name() + " overlap",
                "both have " + hex(other.range().base()),
                "correct the memory pools (.mpool), and generate it again"));
      }
    }
    Map<String, Region> rest = new HashMap<>();
    for (Region region : board.regions()) {
      rest(board, region, held, file, findings).ifPresent(r -> rest.put(region.name(), r));
    }
    return findings.size() == before
        ? Optional.of(new NpuMemory(without(board, rest), held))
        : Optional.empty();
  }

  private static Optional<Held> place(Board board, Pool pool, String file, List<Finding> findings) {
    AddressRange range = pool.used();
    Optional<Region> found =
        board.regions().stream()
            .filter(r -> r.base() <= range.base() && range.base() < r.end())
            .findFirst();
    String text = "its pool " + pool.name() + " lies from " + hex(range.base());
    Optional<String> wrong = found.flatMap(r -> wrong(board, r, pool));
    if (found.isEmpty() || wrong.isPresent()) {
      findings.add(
          bad(
              file,
              text + " to " + hex(range.end()),
              wrong.orElse("no memory of " + board.id() + " is there"),
              "generate it with a memory pool (.mpool) of this board, with less of "
                  + found.map(Region::name).orElse("it")));
      return Optional.empty();
    }
    return Optional.of(new Held(found.get().name(), pool.name(), range, pool.writable()));
  }

  /** Why a pool may not lie in a region. */
  private static Optional<String> wrong(Board board, Region region, Pool pool) {
    AddressRange used = pool.used();
    long end = region.usableBase() + region.usableBytes();
    if (region.name().equals(CACHE)) {
      return Optional.of(CACHE + " is the NPU's cache of the flash");
    }
    if (used.base() < region.usableBase() || used.end() > end) {
      return Optional.of(
          "of "
              + region.name()
              + " only "
              + hex(region.usableBase())
              + " to "
              + hex(end)
              + " may be used");
    }
    if (pool.writable() ? region.kind() != RegionKind.RAM : !isMapped(board, region)) {
      return Optional.of(
          pool.writable()
              ? region.name() + " is no RAM that the firmware starts"
              : region.name() + " is no flash that the firmware starts");
    }
    return Optional.empty();
  }

  private static boolean isMapped(Board board, Region region) {
    return board
        .startup()
        .flatMap(Startup::externalFlash)
        .filter(flash -> flash.region().equals(region.name()))
        .isPresent();
  }

  /** What is left of a region; empty where nothing is. */
  private static Optional<Region> rest(
      Board board, Region region, List<Held> held, String file, List<Finding> findings) {
    List<Held> here = held.stream().filter(h -> h.region().equals(region.name())).toList();
    if (region.name().equals(CACHE)) {
      return Optional.empty();
    }
    if (here.isEmpty() || !region.kind().isWritable()) {
      return Optional.of(region);
    }
    long start = granule(here.get(0).range().base(), 0);
    long end = granule(here.get(here.size() - 1).range().end(), Region.GRANULE - 1);
    long before = start - region.usableBase();
    long after = region.usableBase() + region.usableBytes() - end;
    boolean code = board.placesFor(Use.CODE).contains(region);
    if (code && before <= 0) {
      findings.add(
          bad(
              file,
              "its pool " + here.get(0).name() + " begins at " + hex(start),
              "the firmware's code is loaded to " + hex(region.usableBase()),
              "generate it with a memory pool (.mpool) that leaves the beginning of "
                  + region.name()
                  + " out"));
      return Optional.empty();
    }
    if (before <= 0 && after <= 0) {
      return Optional.empty();
    }
    boolean front = code || before >= after;
    long first = front ? region.reservedStart() : end - region.base();
    long last = front ? region.end() - start : region.reservedEnd();
    return Optional.of(
        new Region(
            region.name(),
            region.base(),
            region.bytes(),
            region.kind(),
            region.bandwidth(),
            first,
            last));
  }

  private static long granule(long address, long up) {
    return (address + up) / Region.GRANULE * Region.GRANULE;
  }

  private static Board without(Board board, Map<String, Region> rest) {
    Map<Use, List<String>> names = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      names.put(
          use, board.placesFor(use).stream().map(Region::name).filter(rest::containsKey).toList());
    }
    return board.with(
        board.regions().stream().map(r -> rest.getOrDefault(r.name(), r)).toList(),
        new Placement(names));
  }

  private static Finding bad(String file, String what, String why, String remedy) {
    return new Finding(file, what, why, remedy);
  }

  private static String hex(long address) {
    return String.format(java.util.Locale.ROOT, "0x%08x", address);
  }
}
