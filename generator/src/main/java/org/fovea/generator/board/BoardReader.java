package org.fovea.generator.board;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fovea.generator.board.Board.Core;
import org.fovea.generator.board.Board.OperatingSystem;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.yaml.Facts;

/** Reads a board file and checks it: every finding with its line, all at once. */
final class BoardReader {
  private static final long MAX_HERTZ = 10_000_000_000L;
  private static final long ADDRESS_SPACE = 1L << 32;
  private static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,30}";
  private static final String ID = "[a-z0-9][a-z0-9-]{0,40}";

  private final Facts facts;
  private final Set<String> names = new HashSet<>();

  private BoardReader(Facts facts) {
    this.facts = facts;
  }

  /**
   * The board that a text describes.
   *
   * @param file its name, for findings
   * @throws UserFault.BoardRejected with every finding
   */
  static Board read(String file, String text) {
    List<Finding> findings = new ArrayList<>();
    Board board = new BoardReader(Facts.of(file, text, findings)).board();
    if (!findings.isEmpty()) {
      throw new UserFault.BoardRejected(findings);
    }
    return board;
  }

  private Board board() {
    Board board =
        new Board(
            matching(facts, "id", ID),
            facts.text("name"),
            facts.choice("verified", Board.Verified.class, Board.Verified.NONE),
            cpu(facts.facts("cpu")),
            systems(),
            regions(),
            facts.optionalText("port"),
            facts.optionalText("twin_base"),
            facts.optionalFacts("emulator").map(BoardReader::emulator),
            facts.optionalFacts("supply").map(BoardReader::supply),
            facts.optionalFacts("uart").map(BoardReader::uart),
            facts.optionalText("external_loader"),
            facts.optionalText("accelerator"),
            facts.texts("notes"));
    if (facts.has("soc")) {
      facts.text("soc");
    }
    facts.nothingElse();
    return board;
  }

  private static String matching(Facts facts, String key, String pattern) {
    String text = facts.text(key);
    if (!text.isEmpty() && !text.matches(pattern)) {
      facts.wrong(key, key + " " + text + " has characters that it may not have", pattern);
    }
    return text;
  }

  private static Board.Cpu cpu(Facts cpu) {
    Core core = cpu.choice("core", Core.class, Core.CORTEX_M7);
    int count = cpu.optionalNumber("count", 1, 64).orElse(1L).intValue();
    long hertz = cpu.number("hertz", 1, MAX_HERTZ);
    long max = cpu.optionalNumber("max_hertz", 1, MAX_HERTZ).orElse(hertz);
    if (hertz > max) {
      cpu.wrong("hertz", "hertz is above max_hertz", "the default clock is a safe one");
    }
    cpu.nothingElse();
    return new Board.Cpu(core, count, hertz, max);
  }

  private List<OperatingSystem> systems() {
    List<OperatingSystem> systems = new ArrayList<>();
    for (String text : facts.texts("os")) {
      try {
        systems.add(OperatingSystem.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        facts.wrong("os", "os: unknown value " + text, "any of bare, freertos, linux");
      }
    }
    if (systems.isEmpty()) {
      facts.wrong("os", "os lists nothing", "any of bare, freertos, linux; the default first");
    }
    return systems;
  }

  private List<Region> regions() {
    List<Region> regions = new ArrayList<>();
    for (Facts region : facts.list("regions")) {
      Region read = region(region);
      for (Region other : regions) {
        if (read.base() < other.end() && other.base() < read.end()) {
          region.wrong(
              "base",
              "region " + read.name() + " overlaps region " + other.name(),
              "two memories cannot answer at one address");
        }
      }
      regions.add(read);
    }
    if (regions.isEmpty()) {
      facts.wrong("regions", "regions lists nothing", "a board has memory");
    }
    return regions;
  }

  private Region region(Facts region) {
    String name = matching(region, "name", NAME);
    if (!names.add(name)) {
      region.wrong("name", "two regions are called " + name, "give each its own name");
    }
    long base = region.number("base", 0, ADDRESS_SPACE - 1);
    long bytes = region.bytes("size");
    if (base % 32 != 0 || bytes % 32 != 0) {
      region.wrong("base", "region " + name + " is not aligned to 32 bytes", "the MPU needs that");
    }
    if (base + bytes > ADDRESS_SPACE) {
      region.wrong("size", "region " + name + " ends beyond 4 GiB", "see base and size");
    }
    Region.Kind kind = region.choice("kind", Region.Kind.class, Region.Kind.RAM);
    long reserved = region.has("reserved") ? region.bytes("reserved") : 0;
    if (reserved > bytes) {
      region.wrong("reserved", "more is reserved than there is", "see size");
    }
    long speed = region.optionalNumber("megabytes_per_second", 1, 1_000_000).orElse(0L);
    region.nothingElse();
    return new Region(name, base, bytes, kind, reserved, speed);
  }

  private static Board.Emulator emulator(Facts emulator) {
    Board.Emulator read =
        new Board.Emulator(
            matching(emulator, "machine", ID), emulator.number("systick_hertz", 1, MAX_HERTZ));
    emulator.nothingElse();
    return read;
  }

  private static Board.Supply supply(Facts supply) {
    Board.Supply read = new Board.Supply(supply.text("kind"), supply.text("highest_scale"));
    supply.nothingElse();
    return read;
  }

  private static Board.Uart uart(Facts uart) {
    Board.Uart read =
        new Board.Uart(
            uart.text("instance"),
            uart.optionalText("tx").orElse(""),
            uart.optionalText("rx").orElse(""),
            (int) uart.number("baud", 1200, 20_000_000));
    uart.nothingElse();
    return read;
  }
}
