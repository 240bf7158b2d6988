package org.fovea.generator.ioc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a board file that ships with Fovea, changed line by line so that its comments stay.
 * It relies on how these files are written, and whoever changes one reads the result back.
 */
record BoardText(List<String> lines) {
  private static final String PLACEMENT = "placement";

  BoardText {
    lines = List.copyOf(lines);
  }

  static BoardText of(String text) {
    return new BoardText(text.lines().toList());
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }

  /** With comment lines before everything else. */
  BoardText headed(List<String> comments) {
    List<String> all = new ArrayList<>();
    comments.forEach(c -> all.add("# " + c));
    all.addAll(lines);
    return new BoardText(all);
  }

  /**
   * With another value of a key at the left margin, which stands on one line.
   *
   * @param comment empty: none
   */
  BoardText with(String key, String value, String comment) {
    return each(line -> line.startsWith(key + ":") ? entry(key, value, comment) : line);
  }

  /** With another value of a key inside a section; unchanged where the section lacks it. */
  BoardText with(String section, String key, String value, String comment) {
    List<String> all = new ArrayList<>(lines);
    for (int i = sectionStart(section); i < all.size() && isInside(all.get(i)); i++) {
      if (all.get(i).startsWith("  " + key + ":")) {
        all.set(i, "  " + entry(key, value, comment));
      }
    }
    return new BoardText(all);
  }

  /** With another size of a region, in {@code K} or {@code M}. */
  BoardText withBytes(String region, String size, String comment) {
    List<String> all = new ArrayList<>(lines);
    for (int i = regionStart(region); i < all.size(); i++) {
      Matcher bytes = Pattern.compile("\\bbytes: [0-9]+[KMG]?").matcher(all.get(i));
      if (bytes.find()) {
        String line = bytes.replaceFirst("bytes: " + size);
        all.set(i, comment.isEmpty() ? line : line.replaceFirst(" #.*$", "") + " # " + comment);
        return new BoardText(all);
      }
    }
    throw new IllegalStateException("no size of region " + region);
  }

  /** Without a region, also under placement. */
  BoardText without(String region) {
    List<String> all = new ArrayList<>(lines);
    int start = regionStart(region);
    all.remove(start);
    while (start < all.size() && all.get(start).startsWith("    ")) {
      all.remove(start);
    }
    BoardText rest = new BoardText(all);
    for (int i = rest.sectionStart(PLACEMENT); i < all.size() && isInside(all.get(i)); i++) {
      all.set(i, all.get(i).replaceFirst("(, " + region + "\\b|\\b" + region + ", )", ""));
    }
    return new BoardText(all);
  }

  private BoardText each(UnaryOperator<String> edit) {
    return new BoardText(lines.stream().map(edit).toList());
  }

  private static String entry(String key, String value, String comment) {
    return key + ": " + value + (comment.isEmpty() ? "" : " # " + comment);
  }

  private static boolean isInside(String line) {
    return line.startsWith("  ");
  }

  /** The first line of a section's keys, or the end where there is no such section. */
  private int sectionStart(String section) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(section + ":( #.*)?")) {
        return i + 1;
      }
    }
    return lines.size();
  }

  private int regionStart(String region) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("  - \\{?name: " + region + "\\b.*")) {
        return i;
      }
    }
    throw new IllegalStateException("no region " + region);
  }
}
