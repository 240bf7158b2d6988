package org.fovea.generator.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a map file. A line that is not understood is passed over: whether all sections
 * were found shows when they are compared with the ELF file. Source: GNU ld's manual, and
 * print_output_section_statement of its ldlang.c.
 */
final class MapReader {
  private static final String HEX = "0x0{0,8}([0-9a-f]{1,8})";
  private static final Pattern MEMORY =
      Pattern.compile("(\\S+)\\s+" + HEX + "\\s+" + HEX + "(?:\\s+\\S*)?");
  private static final Pattern NAME = Pattern.compile(" ?[^\\s*/]\\S*");
  private static final Pattern OUTPUT =
      Pattern.compile("(\\S*)\\s+" + HEX + "\\s+" + HEX + "(?:\\s+load address " + HEX + ")?");
  private static final Pattern INPUT =
      Pattern.compile(" (\\S*)\\s+" + HEX + "\\s+" + HEX + " (.*\\S)");
  private static final String DEFAULT = "*default*";

  private enum Part {
    BEFORE,
    MEMORIES,
    SECTIONS
  }

  private final List<MapFile.Memory> memories = new ArrayList<>();
  private final List<MapFile.Output> outputs = new ArrayList<>();
  private List<MapFile.Input> inputs = new ArrayList<>();
  private Optional<MapFile.Output> open = Optional.empty();
  private String pending = "";
  private Part part = Part.BEFORE;

  private MapReader() {}

  static MapFile read(String text) {
    MapReader reader = new MapReader();
    text.lines().forEach(reader::line);
    reader.close();
    return new MapFile(reader.memories, reader.outputs);
  }

  private void line(String line) {
    if (line.equals("Memory Configuration")) {
      part = Part.MEMORIES;
    } else if (line.equals("Linker script and memory map")) {
      part = Part.SECTIONS;
    } else if (part == Part.MEMORIES) {
      memory(line);
    } else if (part == Part.SECTIONS) {
      section(line);
    }
  }

  private void memory(String line) {
    Matcher m = MEMORY.matcher(line);
    if (m.matches() && !m.group(1).equals(DEFAULT)) {
      memories.add(new MapFile.Memory(m.group(1), hex(m.group(2)), hex(m.group(3))));
    }
  }

  /** A long name stands on a line of its own, its numbers on the next. */
  private void section(String line) {
    String whole = line.startsWith(" ") ? pending + line : line;
    pending = "";
    if (NAME.matcher(whole).matches()) {
      pending = whole;
    } else if (whole.startsWith(" ")) {
      Matcher m = INPUT.matcher(whole);
      if (m.matches() && hex(m.group(3)) > 0 && !m.group(1).isEmpty()) {
        input(m);
      }
    } else {
      Matcher m = OUTPUT.matcher(whole);
      if (m.matches() && !m.group(1).isEmpty()) {
        close();
        open = Optional.of(output(m));
      }
    }
  }

  private void input(Matcher m) {
    if (!m.group(1).equals("*fill*") && !m.group(4).startsWith("(size before")) {
      inputs.add(new MapFile.Input(m.group(1), hex(m.group(2)), hex(m.group(3)), m.group(4)));
    }
  }

  private static MapFile.Output output(Matcher m) {
    return new MapFile.Output(
        m.group(1),
        hex(m.group(2)),
        hex(m.group(3)),
        Optional.ofNullable(m.group(4)).map(MapReader::hex),
        List.of());
  }

  private void close() {
    open.ifPresent(
        o ->
            outputs.add(
                new MapFile.Output(o.name(), o.address(), o.bytes(), o.loadAddress(), inputs)));
    inputs = new ArrayList<>();
    open = Optional.empty();
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }
}
