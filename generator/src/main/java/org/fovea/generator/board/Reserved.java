package org.fovea.generator.board;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;

/**
 * Bytes of a board's regions that the user's application keeps: a camera's frame, a display's
 * buffer. They are taken from each region's end, in whole {@link Region#GRANULE granules}.
 *
 * @param parts by region name
 */
public record Reserved(Map<String, Part> parts) {
  public static final Reserved NOTHING = new Reserved(Map.of());

  public Reserved {
    parts = Map.copyOf(parts);
  }

  /**
   * What is reserved of a region.
   *
   * @param of bytes that could be used of the region otherwise
   */
  public record Part(long bytes, long of) {
    boolean isWhole() {
      return bytes == of;
    }
  }

  /**
   * One wish of the user.
   *
   * @param region a region's name in any case, or a beginning that only one region has
   */
  public record Wish(String region, long bytes) {}

  /**
   * What wishes mean on a board. Wishes for one region add up.
   *
   * @throws UsageRefused with every finding: no such region, more than the region has, nothing left
   */
  public static Reserved of(Board board, List<Wish> wishes) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      List<Region> found = named(board, wish.region());
      if (found.size() == 1) {
        sums.merge(found.get(0).name(), wish.bytes(), Reserved::sum);
      } else {
        findings.add(unknown(board, wish, found));
      }
    }
    Map<String, Part> parts = new HashMap<>();
    for (Region region : board.regions()) {
      long asked = sums.getOrDefault(region.name(), 0L);
      if (asked > region.usableBytes()) {
        findings.add(tooMuch(board, region, asked));
      } else if (asked > 0) {
        long most = region.usableBytes();
        parts.put(region.name(), new Part(Math.min(most, granules(asked)), most));
      }
    }
    Reserved reserved = new Reserved(parts);
    findings.addAll(reserved.nothingLeft(board));
    if (!findings.isEmpty()) {
      throw new UsageRefused(findings);
    }
    return reserved;
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long granules(long bytes) {
    return (bytes + Region.GRANULE - 1) / Region.GRANULE * Region.GRANULE;
  }

  private static List<Region> named(Board board, String text) {
    String name = text.toLowerCase(Locale.ROOT);
    List<Region> beginning =
        board.regions().stream().filter(r -> r.name().startsWith(name)).toList();
    return beginning.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .map(List::of)
        .orElse(beginning);
  }

  private static Finding unknown(Board board, Wish wish, List<Region> found) {
    List<Region> choice = found.isEmpty() ? board.regions() : found;
    return new Finding(
        "--reserve " + wish.region(),
        found.isEmpty()
            ? "names no region of " + board.id()
            : "names " + found.size() + " regions of " + board.id(),
        found.isEmpty()
            ? "bytes are reserved in one of the board's memories"
            : "it must be clear which one keeps the bytes",
        "one of: " + String.join(", ", choice.stream().map(Region::name).toList()));
  }

  private static Finding tooMuch(Board board, Region region, long asked) {
    return new Finding(
        "--reserve " + region.name(),
        asked + " bytes are reserved",
        "region " + region.name() + " of " + board.id() + " has " + region.usableBytes(),
        "reserve at most " + region.usableBytes() / 1024 + "K, or part of it elsewhere");
  }

  /** The firmware needs a place for everything. */
  private List<Finding> nothingLeft(Board board) {
    List<Finding> findings = new ArrayList<>();
    for (Use use : Use.values()) {
      List<Region> places = board.placesFor(use);
      if (use.isNeeded() && !places.isEmpty() && places.stream().allMatch(this::isWhole)) {
        findings.add(
            new Finding(
                "--reserve",
                "nothing of " + board.id() + " is left for " + use.name().toLowerCase(Locale.ROOT),
                "it may lie only in "
                    + String.join(", ", places.stream().map(Region::name).toList()),
                "reserve less of it"));
      }
    }
    return findings;
  }

  private boolean isWhole(Region region) {
    return parts.containsKey(region.name()) && parts.get(region.name()).isWhole();
  }

  public boolean isNothing() {
    return parts.isEmpty();
  }

  /** Bytes of a region, 0 when nothing of it is reserved. */
  public long in(String region) {
    return parts.containsKey(region) ? parts.get(region).bytes() : 0;
  }

  /** Bytes that could be used of a region if nothing of it were reserved. */
  public long capacity(Region region) {
    return parts.containsKey(region.name()) ? parts.get(region.name()).of() : region.usableBytes();
  }

  /** What is reserved of these regions alone. */
  public Reserved in(Predicate<String> regions) {
    Map<String, Part> kept = new HashMap<>(parts);
    kept.keySet().removeIf(regions.negate());
    return new Reserved(kept);
  }

  /** The board with less of each region; one that is reserved as a whole holds nothing any more. */
  public Board takenFrom(Board board) {
    if (isNothing()) {
      return board;
    }
    return board.with(
        board.regions().stream().map(r -> isWhole(r) ? r : shortened(r)).toList(),
        placement(board),
        board.startup());
  }

  private Region shortened(Region r) {
    return new Region(
        r.name(),
        r.base(),
        r.bytes(),
        r.kind(),
        r.bandwidth(),
        r.reservedStart(),
        r.reservedEnd() + in(r.name()));
  }

  private Placement placement(Board board) {
    Map<Use, List<String>> names = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      names.put(
          use, board.placesFor(use).stream().filter(r -> !isWhole(r)).map(Region::name).toList());
    }
    return new Placement(names);
  }
}
