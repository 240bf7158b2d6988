package org.fovea.generator.darknet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.FileFindings;

/**
 * Splits a .cfg file into sections. Blanks mean nothing, also inside lines; a line that begins with
 * {@code #} or {@code ;} is a comment (parser.c, read_cfg).
 */
final class CfgReader {
  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_SECTIONS = 1001;
  private static final int MAX_OPTIONS = 20_000;

  private final FileFindings findings;
  private final List<Section> sections = new ArrayList<>();
  private int options;

  private CfgReader(FileFindings findings) {
    this.findings = findings;
  }

  /** Sections in their order; findings may have been made. */
  static List<Section> read(byte[] file, FileFindings findings) {
    CfgReader reader = new CfgReader(findings);
    if (isText(file)) {
      reader.lines(new String(file, StandardCharsets.UTF_8).split("\n", -1));
    } else {
      findings.add(
          "", "is not a text file", "a .cfg is lines of key=value", "name the .cfg file first");
    }
    return reader.sections;
  }

  private static boolean isText(byte[] file) {
    for (byte b : file) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private void lines(String[] lines) {
    for (int i = 0; i < lines.length; i++) {
      String text = lines[i].replaceAll("[ \t\r\uFEFF]", "");
      if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != ';') {
        line(i + 1, text);
      }
      if (sections.size() > MAX_SECTIONS || options > MAX_OPTIONS) {
        findings.add(
            i + 1,
            "has more than " + (MAX_SECTIONS - 1) + " layers or " + MAX_OPTIONS + " options",
            "no network for a microcontroller does",
            "choose a smaller network");
        return;
      }
    }
  }

  private void line(int number, String text) {
    if (text.charAt(0) == '[') {
      sections.add(new Section(name(number, text), number, findings));
      return;
    }
    int equals = text.indexOf('=');
    if (equals < 1 || sections.isEmpty()) {
      findings.add(
          number,
          "the line is " + FileFindings.quote(text),
          "it is neither [section] nor key=value inside a section",
          "correct or remove the line");
      return;
    }
    options++;
    String value = text.substring(equals + 1);
    int comment = value.indexOf('#');
    sections
        .get(sections.size() - 1)
        .put(text.substring(0, equals), comment < 0 ? value : value.substring(0, comment), number);
  }

  private String name(int number, String text) {
    int end = text.indexOf(']');
    if (end < 0) {
      findings.add(number, "a section without ]", "its name has no end", "close the bracket");
    }
    return text.substring(1, end < 0 ? text.length() : end);
  }
}
