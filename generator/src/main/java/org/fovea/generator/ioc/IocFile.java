package org.fovea.generator.ioc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;

/**
 * A project of STM32CubeMX ({@code .ioc}): keys and values, one pair a line, with the escapes of
 * Java's property files. Every key stands once.
 */
public final class IocFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final String SAVE = "save the project in STM32CubeMX and take that file";

  /**
   * A value and its line, from 1.
   *
   * @param line from 1
   */
  record Entry(int line, String value) {}

  private final String name;
  private final Map<String, Entry> entries;

  private IocFile(String name, Map<String, Entry> entries) {
    this.name = name;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Reads a project.
   *
   * @throws BoardRejected when it cannot be read, or its lines are no keys with values
   */
  public static IocFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw refused(
          path.toString(), "cannot be read", "it is not a regular file", "check the path");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return parse(path.toString(), in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      throw refused(
          path.toString(),
          "cannot be read",
          e.getClass().getSimpleName(),
          "check that you may read it");
    }
  }

  static IocFile parse(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw refused(name, "has more than 1 MiB", "a project is some kilobytes of text", SAVE);
    }
    IocFindings findings = new IocFindings(name);
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith("!")) {
        pair(i + 1, text, entries, findings);
      }
    }
    findings.check();
    return new IocFile(name, entries);
  }

  private static void pair(
      int line, String text, Map<String, Entry> entries, IocFindings findings) {
    int equals = separator(text);
    if (equals <= 0 || text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      findings.add(
          line,
          "no key with a value: " + IocFindings.quote(text),
          "each line of a CubeMX project is KEY=VALUE",
          SAVE);
      return;
    }
    Entry entry = new Entry(line, plain(text.substring(equals + 1).strip()));
    String key = plain(text.substring(0, equals).strip());
    Entry earlier = entries.putIfAbsent(key, entry);
    if (earlier != null) {
      findings.add(
          line,
          "the key " + IocFindings.quote(key) + " stood in line " + earlier.line() + " already",
          "only one of them can be meant",
          "remove one, or save the project in STM32CubeMX again");
    }
  }

  /** Place of the first {@code =} that no backslash protects, or -1. */
  private static int separator(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  /** Without the backslashes; unicode escapes, which no key of interest has, stay. */
  private static String plain(String text) {
    return text.replaceAll("\\\\([^u])", "$1");
  }

  /** How findings and comments name it. */
  String name() {
    return name;
  }

  /** In the order of the file. */
  Map<String, Entry> entries() {
    return entries;
  }

  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The first of these keys that is there. */
  Optional<Taken<String>> first(List<String> keys) {
    return keys.stream()
        .filter(entries::containsKey)
        .findFirst()
        .map(k -> new Taken<>(entries.get(k).value(), k, entries.get(k).line()));
  }

  private static BoardRejected refused(String where, String what, String why, String remedy) {
    return new BoardRejected(List.of(new Finding(where, what, why, remedy)));
  }
}
