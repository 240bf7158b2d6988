package org.fovea.generator.ioc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.ChipLine;
import org.fovea.generator.board.Clocks;
import org.fovea.generator.board.Part;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.RegionKind;
import org.fovea.generator.board.Supply;
import org.fovea.generator.board.Uart;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;

/** A board file in the making. */
final class BoardDraft {
  private static final int MAX_COMMENT = 150;

  private final Board base;
  private final List<String> changes = new ArrayList<>();
  private final Remarks remarks = new Remarks();
  private String source = "";
  private BoardText text;

  BoardDraft(Board base, String id) {
    this.base = base;
    this.text =
        BoardText.of(BoardCatalogue.text(base.id()))
            .with("id", id, "")
            .with("verified", "none", "");
  }

  OwnBoard finish() {
    List<String> head = new ArrayList<>();
    head.add("A board of your own. Made from " + base.id() + ", whose comments follow: edit them.");
    if (!source.isEmpty()) {
      head.add("Lines that end in '" + source + "' and a key have their value from that project.");
    }
    head.add("docs/ADDING.md explains every key. 'verified' stays none until you have tried it.");
    head.add("");
    String whole = text.headed(head).toString().replace("# \n", "#\n");
    return new OwnBoard(
        BoardCatalogue.ofText("the new board file", whole), whole, changes, remarks.list());
  }

  /** Takes over everything that the project says, or throws every finding at once. */
  void take(IocFile ioc, Optional<String> uart) {
    ChipLine line =
        ChipLine.of(base.soc())
            .orElseThrow(
                () ->
                    new BoardRejected(
                        List.of(
                            new Finding(
                                ioc.name(),
                                "says nothing that " + base.id() + " needs",
                                base.id() + " is no STM32 microcontroller of a known line",
                                "leave out --ioc"))));
    source = plainName(ioc);
    IocFindings findings = new IocFindings(ioc.name());
    Optional<Taken<String>> soc = IocChip.read(ioc, base, findings);
    Optional<Part> part = soc.flatMap(s -> Part.of(s.value()));
    Optional<Taken<Clocks>> clocks =
        new IocOscillator(ioc, base.clocks(), findings, remarks).read();
    Optional<Taken<Uart>> port = new IocUart(ioc, base, line, findings, remarks).read(uart);
    Optional<Taken<Supply.Kind>> supply = IocSupply.read(ioc, base, part, findings, remarks);
    findings.check();
    soc.ifPresent(s -> chip(s, part));
    name(ioc, soc.map(Taken::value).orElse(base.soc()));
    clocks.ifPresent(this::clocks);
    port.ifPresent(this::uart);
    supply.ifPresent(s -> set("supply", "kind", lower(s.value()), s));
    new IocMemories(ioc, base, remarks).compare();
  }

  /** The board as its debug probe names it, where the project was begun for a board. */
  private void name(IocFile ioc, String soc) {
    String said = ioc.entry("board").map(IocFile.Entry::value).orElse("custom");
    boolean known = said.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}") && !said.equals("custom");
    int line = ioc.entry("board").map(IocFile.Entry::line).orElse(1);
    String name = known ? said : "Own board with " + soc;
    text = text.with("name", name, known ? comment("board") : "");
    changes.add(change("name", name, known ? "board, line " + line : "the project names no board"));
  }

  private void chip(Taken<String> soc, Optional<Part> part) {
    if (!soc.value().equals(base.soc())) {
      text = text.with("soc", soc.value(), comment(soc.key()));
      changes.add(change("soc", soc.value(), soc.key() + ", line " + soc.line()));
    }
    if (part.isPresent()) {
      part.get().memories().forEach((name, bytes) -> memory(soc, name, bytes));
      if (part.get().converter().equals("none")) {
        text = text.with("startup", "converter", "none", comment(soc.key()));
      }
    } else if (!soc.value().equals(base.soc())) {
      remarks.add(
          "Fovea does not know the memories of an "
              + soc.value()
              + ": they are those of an "
              + base.soc()
              + ", unchecked");
      base.regions().stream()
          .filter(r -> !r.kind().isExternal())
          .forEach(r -> text = text.withBytes(r.name(), size(r.bytes()), "unchecked"));
    }
  }

  private void memory(Taken<String> soc, String name, long bytes) {
    Optional<Region> region = base.region(name);
    if (region.isEmpty() || region.get().bytes() == bytes) {
      return;
    }
    text = bytes == 0 ? text.without(name) : text.withBytes(name, size(bytes), comment(soc.key()));
    changes.add(
        change(
            name,
            bytes == 0 ? "removed" : size(bytes),
            "what an " + soc.value() + " has, " + soc.key() + ", line " + soc.line()));
    if (region.get().kind() == RegionKind.FLASH && bytes == 512 << 10) {
      remarks.add(name + " is 512K, the first bank: where the second one begins is unchecked");
    }
  }

  private void clocks(Taken<Clocks> clocks) {
    Clocks c = clocks.value();
    if (!c.equals(base.clocks())) {
      String mode = "hse_mode: " + lower(c.hseMode());
      String value =
          c.hseMode() == Clocks.HseMode.NONE
              ? "{" + mode + "}"
              : "{hse: " + hertz(c.hseHertz()) + ", " + mode + "}";
      set("clocks", value, clocks);
    }
  }

  private void uart(Taken<Uart> uart) {
    Uart u = uart.value();
    if (!u.equals(base.uart()) && u.wiring() instanceof Uart.Pins pins) {
      set(
          "uart",
          "{instance: %s, tx: %s, rx: %s, baud: %d}"
              .formatted(u.instance(), pins.tx(), pins.rx(), u.baud()),
          uart);
    }
  }

  private void set(String key, String value, Taken<?> from) {
    text = text.with(key, value, comment(from.key()));
    changes.add(change(key, value, printable(from.key()) + ", line " + from.line()));
  }

  private void set(String section, String key, String value, Taken<?> from) {
    text = text.with(section, key, value, comment(from.key()));
    changes.add(change(section + " " + key, value, from.key() + ", line " + from.line()));
  }

  private static String change(String what, String value, String from) {
    return "%-12s %s  (%s)".formatted(what, value, from);
  }

  /** Keys are the project's text: a control character could end the comment. */
  private String comment(String key) {
    return source + ": " + printable(key);
  }

  private static String printable(String key) {
    String plain = key.replaceAll("[^ -~]", "?");
    return plain.length() <= MAX_COMMENT ? plain : plain.substring(0, MAX_COMMENT) + "...";
  }

  /** A file's name that can stand in a comment. */
  private static String plainName(IocFile ioc) {
    Path name = Path.of(ioc.name()).getFileName();
    String plain = String.valueOf(name);
    return plain.matches("[A-Za-z0-9._ -]{1,60}") ? plain : "the .ioc";
  }

  private static String hertz(long hertz) {
    return hertz % 1_000_000 == 0
        ? hertz / 1_000_000 + "M"
        : hertz % 1000 == 0 ? hertz / 1000 + "K" : String.valueOf(hertz);
  }

  private static String size(long bytes) {
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + "M"
        : bytes % 1024 == 0 ? (bytes >> 10) + "K" : String.valueOf(bytes);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
