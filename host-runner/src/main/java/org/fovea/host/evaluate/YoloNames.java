package org.fovea.host.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The class names of a YOLO dataset: {@code classes.txt} or {@code obj.names}, a name a line, or
 * {@code names} in {@code data.yaml}, a list or a map from numbers.
 */
final class YoloNames {
  static final String CLASSES = "classes.txt";
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern KEY = Pattern.compile("^names\\s*:\\s*(.*)$");
  private static final Pattern ITEM = Pattern.compile("^\\s*-\\s+(.*)$");
  private static final Pattern PAIR = Pattern.compile("^\\s*(\\d{1,6})\\s*:\\s*(.*)$");

  private YoloNames() {}

  /** Empty when the folder has none of these files. */
  static Optional<List<String>> read(Path directory, Problems problems) {
    for (String name : List.of(CLASSES, "labels/" + CLASSES, "obj.names", "data.yaml")) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        List<String> lines = lines(file, name, problems);
        List<String> names = name.endsWith(".yaml") ? yaml(lines) : plain(lines);
        if (names.isEmpty()) {
          problems.add(
              name,
              "holds no class names that Fovea can read",
              "Without them nobody knows what the class numbers mean",
              "Write classes.txt, a name a line");
        }
        return Optional.of(names);
      }
    }
    return Optional.empty();
  }

  /** The model's classes with the ids of files that have none: from 1. */
  static List<Dataset.Category> categories(List<String> labels) {
    List<Dataset.Category> categories = new ArrayList<>();
    for (String label : labels) {
      categories.add(new Dataset.Category(categories.size() + 1L, label));
    }
    return categories;
  }

  private static List<String> lines(Path file, String name, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      problems.add(name, "cannot be read: " + e.getMessage(), "It holds the names", "Repair it");
      return List.of();
    }
  }

  private static List<String> plain(List<String> lines) {
    return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Only what trainers write under {@code names}: no other YAML. */
  private static List<String> yaml(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = KEY.matcher(uncommented(lines.get(i)));
      if (key.matches()) {
        String rest = key.group(1).strip();
        List<String> below = lines.subList(i + 1, lines.size());
        return rest.isEmpty() ? block(below) : flow(rest + String.join(" ", flowEnd(rest, below)));
      }
    }
    return List.of();
  }

  private static List<String> flowEnd(String rest, List<String> below) {
    List<String> more = new ArrayList<>();
    String text = rest;
    for (String line : below) {
      if (text.contains("]") || text.contains("}")) {
        break;
      }
      text = uncommented(line);
      more.add(text);
    }
    return more;
  }

  private static List<String> flow(String text) {
    String inner = text.strip().replaceAll("^[\\[{]|[\\]}].*$", "");
    TreeMap<Integer, String> names = new TreeMap<>();
    for (String part : inner.split(",", -1)) {
      if (!part.isBlank()) {
        put(names, part.strip());
      }
    }
    return inOrder(names);
  }

  private static List<String> block(List<String> lines) {
    TreeMap<Integer, String> names = new TreeMap<>();
    for (String raw : lines) {
      String line = uncommented(raw);
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        names.put(names.size(), unquoted(item.group(1)));
      } else if (!line.isBlank() && PAIR.matcher(line).matches() && line.startsWith(" ")) {
        put(names, line.strip());
      } else if (!line.isBlank()) {
        break;
      }
    }
    return inOrder(names);
  }

  private static void put(SortedMap<Integer, String> names, String entry) {
    Matcher pair = PAIR.matcher(entry);
    if (pair.matches()) {
      names.put(Integer.parseInt(pair.group(1)), unquoted(pair.group(2)));
    } else {
      names.put(names.size(), unquoted(entry));
    }
  }

  /** None when numbers are missing: then it is unclear what the file means. */
  private static List<String> inOrder(SortedMap<Integer, String> names) {
    boolean whole = names.isEmpty() || names.lastKey() == names.size() - 1;
    return whole ? List.copyOf(names.values()) : List.of();
  }

  private static String uncommented(String line) {
    return line.replaceFirst("(^|\\s)#.*$", "").stripTrailing();
  }

  private static String unquoted(String text) {
    return text.strip().replaceAll("^['\"]|['\"]$", "");
  }
}
