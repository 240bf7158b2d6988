package org.fovea.generator.darknet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.yaml.Spelling;

/**
 * One group of options of a .cfg file. A value that makes no sense becomes a finding, and a
 * harmless stand-in is returned, so that everything is told at once.
 */
final class Section {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,9}");
  private static final Pattern REAL =
      Pattern.compile("[-+]?([0-9]{1,20}(\\.[0-9]{0,20})?|\\.[0-9]{1,20})([eE][-+]?[0-9]{1,2})?");
  private static final int MAX_LIST = 4096;
  private static final String CORRECT = "correct the value";

  private record Option(String value, int line) {}

  private final String type;
  private final int line;
  private final FileFindings findings;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param type the name between the brackets
   */
  Section(String type, int line, FileFindings findings) {
    this.type = type;
    this.line = line;
    this.findings = findings;
  }

  String type() {
    return type;
  }

  int line() {
    return line;
  }

  /** Of a key given twice the first counts, as in Darknet. */
  void put(String key, String value, int optionLine) {
    options.putIfAbsent(key, new Option(value, optionLine));
  }

  boolean has(String key) {
    asked.add(key);
    return options.containsKey(key);
  }

  /** A finding about the section. */
  void reject(String what, String why, String remedy) {
    findings.add(line, "[" + shortType() + "] " + what, why, remedy);
  }

  /** A finding about one of its options. */
  void reject(String key, String what, String why, String remedy) {
    int at = has(key) ? options.get(key).line() : line;
    findings.add(at, "[" + shortType() + "] " + what, why, remedy);
  }

  private String shortType() {
    return type.length() <= 40 ? type : type.substring(0, 40) + "...";
  }

  /** A whole number; {@code otherwise} where the key is absent. */
  int integer(String key, int otherwise, int min, int max) {
    return has(key) ? integer(key, options.get(key).value(), min, max) : otherwise;
  }

  private int integer(String key, String text, int min, int max) {
    if (INTEGER.matcher(text).matches()) {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    wrong(key, text, "a whole number from " + min + " to " + max);
    return min;
  }

  boolean flag(String key) {
    return integer(key, 0, 0, 1) == 1;
  }

  double real(String key, double otherwise, double min, double max) {
    return has(key) ? real(key, options.get(key).value(), min, max) : otherwise;
  }

  private double real(String key, String text, double min, double max) {
    if (REAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    wrong(key, text, "a number from " + min + " to " + max);
    return min;
  }

  String word(String key, String otherwise) {
    return has(key) ? options.get(key).value() : otherwise;
  }

  /** Whole numbers between commas; empty where the key is absent. */
  List<Integer> integers(String key, int min, int max) {
    List<Integer> numbers = new ArrayList<>();
    items(key).forEach(item -> numbers.add(integer(key, item, min, max)));
    return numbers;
  }

  List<Double> reals(String key, double min, double max) {
    List<Double> numbers = new ArrayList<>();
    items(key).forEach(item -> numbers.add(real(key, item, min, max)));
    return numbers;
  }

  private List<String> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    String[] items = options.get(key).value().split(",", MAX_LIST + 1);
    if (items.length > MAX_LIST) {
      wrong(key, options.get(key).value(), "a list of at most " + MAX_LIST + " numbers");
      return List.of();
    }
    // Darknet's own files end some lists with a comma.
    int count = items[items.length - 1].isEmpty() ? items.length - 1 : items.length;
    return List.of(items).subList(0, count);
  }

  /** Refuses a feature that Fovea does not carry over, unless it is switched off. */
  void mustBe(String key, String off) {
    String value = word(key, off);
    if (!value.equals(off)) {
      reject(
          key,
          key + "=" + FileFindings.quote(value),
          "Fovea carries over " + key + "=" + off + " only",
          "train without it, or convert the model with another tool");
    }
  }

  /** Refuses keys that nobody asked for and that are not among those without consequence. */
  void refuseOthers(Set<String> withoutConsequence) {
    for (Map.Entry<String, Option> option : options.entrySet()) {
      if (!asked.contains(option.getKey()) && !withoutConsequence.contains(option.getKey())) {
        String nearest = Spelling.nearest(option.getKey(), asked, 1).get(0);
        findings.add(
            option.getValue().line(),
            "[" + shortType() + "] unknown key " + FileFindings.quote(option.getKey()),
            "it may change what the layer computes",
            "did you mean '" + nearest + "'? Otherwise remove the line");
      }
    }
  }

  private void wrong(String key, String text, String wanted) {
    reject(key, key + " is " + FileFindings.quote(text), "it must be " + wanted, CORRECT);
  }
}
