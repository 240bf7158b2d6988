package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.fovea.generator.fault.FileFindings;

/**
 * The attributes of one layer. A value that makes no sense becomes a finding, and a harmless
 * stand-in is returned, so that everything is told at once.
 */
record Node(Layer layer, FileFindings findings) {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,12}");
  private static final Pattern REAL =
      Pattern.compile("[-+]?([0-9]{1,20}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,2})?");
  private static final int MAX_LIST = 4096;
  private static final String AGAIN = "convert the model again with OpenVINO";

  void reject(String what, String why, String remedy) {
    Places.add(findings, layer, what, why, remedy);
  }

  boolean has(String key) {
    return layer.data().containsKey(key) && !layer.data().get(key).isBlank();
  }

  String word(String key, String otherwise) {
    return has(key) ? layer.data().get(key).strip() : otherwise;
  }

  /** Bytes or an offset. */
  long size(String key) {
    String text = word(key, "");
    if (SIZE.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    wrong(key, text, "a whole number");
    return 0;
  }

  int integer(String key, int otherwise, int min, int max) {
    return has(key) ? integer(key, word(key, ""), min, max) : otherwise;
  }

  /** Whole numbers between commas. */
  List<Integer> integers(String key, List<Integer> otherwise, int min, int max) {
    return has(key)
        ? items(key).stream().map(item -> integer(key, item, min, max)).toList()
        : otherwise;
  }

  /** Two of them, rows and columns. */
  List<Integer> pair(String key, int otherwise, int min, int max) {
    List<Integer> pair = integers(key, Collections.nCopies(2, otherwise), min, max);
    if (pair.size() != 2) {
      wrong(key, word(key, ""), "two numbers, for rows and columns");
      return Collections.nCopies(2, min);
    }
    return pair;
  }

  List<Double> reals(String key, double min, double max) {
    List<Double> numbers = new ArrayList<>();
    for (String item : items(key)) {
      double value = REAL.matcher(item).matches() ? Double.parseDouble(item) : Double.NaN;
      if (value >= min && value <= max) {
        numbers.add(value);
      } else {
        wrong(key, item, "a number from " + min + " to " + max);
        numbers.add(min);
      }
    }
    return numbers;
  }

  /** OpenVINO writes flags as 0 and 1 or as words. */
  boolean flag(String key, boolean otherwise) {
    String text = word(key, String.valueOf(otherwise));
    if (!text.matches("0|1|true|false")) {
      wrong(key, text, "true or false");
    }
    return text.equals("1") || text.equals("true");
  }

  /** Refuses a feature that Fovea does not carry over, unless it is switched off. */
  void mustBe(String key, String... off) {
    if (has(key) && !Arrays.asList(off).contains(word(key, ""))) {
      reject(
          key + " is " + FileFindings.quote(word(key, "")),
          "Fovea carries over " + String.join(" or ", off),
          "change the layer in training, and convert again");
    }
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

  private List<String> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    String[] items = word(key, "").split(",", MAX_LIST + 1);
    if (items.length > MAX_LIST) {
      wrong(key, word(key, ""), "a list of at most " + MAX_LIST + " numbers");
      return List.of();
    }
    return Arrays.stream(items).map(String::strip).toList();
  }

  private void wrong(String key, String text, String wanted) {
    reject(key + " is " + FileFindings.quote(text), "it must be " + wanted, AGAIN);
  }
}
