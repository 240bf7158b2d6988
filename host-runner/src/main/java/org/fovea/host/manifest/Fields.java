package org.fovea.host.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.fovea.host.fault.Finding;

/**
 * The fields of one JSON object, read strictly. A field that is missing, of another type or out of
 * range becomes a finding and a harmless value, so that one reading finds everything.
 */
final class Fields {
  private static final int MAX_ITEMS = 65_536;
  private static final int MAX_TEXT = 1_000;

  private final JsonNode node;
  private final String where;
  private final List<Finding> findings;

  Fields(JsonNode node, String where, List<Finding> findings) {
    this.node = node;
    this.where = where;
    this.findings = findings;
    if (!node.isObject()) {
      reject("", "is " + kind(node) + ", not an object");
    }
  }

  Fields object(String name) {
    return new Fields(node.path(name), where + "/" + name, findings);
  }

  boolean has(String name) {
    return node.has(name);
  }

  boolean isNull(String name) {
    return node.path(name).isNull();
  }

  String text(String name) {
    return text(node.path(name), "/" + name);
  }

  /** Empty for null. */
  String textOrNull(String name) {
    return isNull(name) ? "" : text(name);
  }

  /** Lower-case hex digits, exactly so many. */
  String hex(String name, int digits) {
    String value = text(name);
    if (!value.matches("[0-9a-f]{" + digits + "}")) {
      reject("/" + name, "is not " + digits + " lower-case hex digits");
      return "0".repeat(digits);
    }
    return value;
  }

  /** An address such as {@code "0x20000000"}. */
  long address(String name) {
    String value = text(name);
    if (!value.matches("0x[0-9a-fA-F]{1,8}")) {
      reject("/" + name, "is not an address like \"0x20000000\"");
      return 0;
    }
    return Long.parseLong(value.substring(2), 16);
  }

  long integer(String name, long least, long most) {
    return integer(node.path(name), "/" + name, least, most);
  }

  int int32(String name, int least, int most) {
    return (int) integer(name, least, most);
  }

  double number(String name, double least, double most) {
    return number(node.path(name), "/" + name, least, most);
  }

  boolean flag(String name) {
    if (!node.path(name).isBoolean()) {
      reject("/" + name, "is " + kind(node.path(name)) + ", not true or false");
    }
    return node.path(name).asBoolean();
  }

  /** An enum's constant, written in lower case with '-' or '_', or in upper case. */
  <E extends Enum<E>> E choice(String name, Class<E> type) {
    E[] all = type.getEnumConstants();
    String value = text(name).toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : all) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    reject("/" + name, "is none of " + List.of(all).toString().toLowerCase(Locale.ROOT));
    return all[0];
  }

  List<String> texts(String name) {
    return items(name, (item, at) -> text(item, at));
  }

  List<Integer> integers(String name, int least, int most) {
    return items(name, (item, at) -> (int) integer(item, at, least, most));
  }

  List<Double> numbers(String name, double least, double most) {
    return items(name, (item, at) -> number(item, at, least, most));
  }

  <T> List<T> objects(String name, Function<Fields, T> read) {
    return items(name, (item, at) -> read.apply(new Fields(item, where + at, findings)));
  }

  /** Pairs of positive numbers. */
  List<Head.Anchor> anchors(String name) {
    return items(
        name,
        (item, at) -> {
          if (!item.isArray() || item.size() != 2) {
            reject(at, "is not a pair [width, height]");
            return new Head.Anchor(1, 1);
          }
          return new Head.Anchor(
              number(item.get(0), at + "/0", 1e-9, 1e9), number(item.get(1), at + "/1", 1e-9, 1e9));
        });
  }

  void reject(String name, String what) {
    findings.add(
        new Finding(
            where + name,
            what,
            "The file is not one that this version of Fovea writes, or was edited",
            "Make it again with `fovea generate`"));
  }

  private interface Item<T> {
    T read(JsonNode item, String at);
  }

  private <T> List<T> items(String name, Item<T> read) {
    JsonNode list = node.path(name);
    List<T> result = new ArrayList<>();
    if (!list.isArray() || list.size() > MAX_ITEMS) {
      reject("/" + name, "is " + kind(list) + ", not a list of at most " + MAX_ITEMS);
      return result;
    }
    for (int i = 0; i < list.size(); i++) {
      result.add(read.read(list.get(i), "/" + name + "/" + i));
    }
    return result;
  }

  private String text(JsonNode value, String at) {
    if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
      reject(at, "is " + kind(value) + ", not text of at most " + MAX_TEXT + " characters");
      return "";
    }
    return value.asText();
  }

  private long integer(JsonNode value, String at, long least, long most) {
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    if (!fits || value.asLong() < least || value.asLong() > most) {
      reject(at, "is " + kind(value) + ", not a whole number from " + least + " to " + most);
      return least;
    }
    return value.asLong();
  }

  private double number(JsonNode value, String at, double least, double most) {
    double real = value.asDouble();
    if (!value.isNumber() || !(real >= least && real <= most)) {
      reject(at, "is " + kind(value) + ", not a number from " + least + " to " + most);
      return least;
    }
    return real;
  }

  private static String kind(JsonNode value) {
    if (value.isMissingNode()) {
      return "missing";
    }
    String text = value.isValueNode() ? " " + value.asText() : "";
    String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return (kind + text).substring(0, Math.min(60, kind.length() + text.length()));
  }
}
