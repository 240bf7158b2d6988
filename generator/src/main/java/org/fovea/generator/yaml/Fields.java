package org.fovea.generator.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Typed reading of one group of keys. A key that is missing or has the wrong type becomes a finding
 * and a harmless stand-in is returned, so that a schema reads on and tells everything at once; the
 * value built from stand-ins is thrown away, because {@link #section} and {@link YamlFile#read}
 * return nothing once a finding was made. A key that nobody asked for is a finding too.
 */
public final class Fields {
  private static final int MAX_TEXT = 2000;

  private final YamlNode.Mapping mapping;
  private final Findings findings;
  private final int earlier;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(YamlNode.Mapping mapping, Findings findings) {
    this.mapping = mapping;
    this.findings = findings;
    this.earlier = findings.count();
  }

  /** True as long as nothing was found wrong here or below. */
  public boolean isClean() {
    return problems() == 0;
  }

  /** Number of findings here and below until now. */
  public int problems() {
    return findings.count() - earlier;
  }

  public boolean has(String key) {
    known.add(key);
    return mapping.entries().containsKey(key);
  }

  /** Adds a finding of the schema's own about the line of this key. */
  public void reject(String key, String what, String why, String remedy) {
    YamlNode node = mapping.entries().get(key);
    findings.add(node == null ? mapping.line() : node.line(), what, why, remedy);
  }

  public String text(String key) {
    return scalar(key).map(YamlNode.Scalar::text).orElse("?");
  }

  /** Text of a fixed shape; {@code shape} is described to the user as {@code description}. */
  public String text(String key, Pattern shape, String description) {
    String text = text(key);
    if (isScalar(key) && !shape.matcher(text).matches()) {
      wrong(mapping.entries().get(key), key, description);
    }
    return text;
  }

  public List<String> texts(String key) {
    return texts(key, Pattern.compile("(?s).*"), "text");
  }

  /** A list of texts of a fixed shape, empty when the key is absent. */
  public List<String> texts(String key, Pattern shape, String description) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (item instanceof YamlNode.Scalar scalar && shape.matcher(scalar.text()).matches()) {
        texts.add(scalar.text());
      } else {
        findings.add(
            item.line(),
            "an item of '" + key + "' is " + quoted(item),
            "each item must be " + description,
            "correct or remove the item");
      }
    }
    return texts;
  }

  /** Bytes, at least {@code min}. */
  public long bytes(String key, long min) {
    return quantity(key, Quantity.BYTES, min, Long.MAX_VALUE);
  }

  public long hertz(String key, long min) {
    return quantity(key, Quantity.HERTZ, min, Long.MAX_VALUE);
  }

  public long address(String key) {
    return quantity(key, Quantity.ADDRESS, 0, Long.MAX_VALUE);
  }

  public int count(String key, int min, int max) {
    return (int) quantity(key, Quantity.COUNT, min, max);
  }

  public double real(String key, double min, double max) {
    Optional<YamlNode.Scalar> scalar = scalar(key);
    return scalar.isEmpty() ? min : real(scalar.get(), key, min, max);
  }

  /** Exactly {@code length} numbers. */
  public List<Double> reals(String key, int length, double min, double max) {
    List<YamlNode> items = required(key) ? items(key) : List.of();
    return reals(key, items, length, min, max);
  }

  /** A list of rows of exactly {@code length} numbers; empty when the key is absent. */
  public List<List<Double>> rows(String key, int length, double min, double max) {
    List<List<Double>> rows = new ArrayList<>();
    for (YamlNode row : items(key)) {
      List<YamlNode> items = row instanceof YamlNode.Sequence s ? s.items() : List.of(row);
      rows.add(reals(key, items, length, min, max));
    }
    return rows;
  }

  /** The constant whose name in lower case, with hyphens, is written in the file. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    Optional<YamlNode.Scalar> scalar = scalar(key);
    return scalar.isEmpty()
        ? type.getEnumConstants()[0]
        : constant(scalar.get(), key, type).orElse(type.getEnumConstants()[0]);
  }

  /** Like {@link #choice} for each item of a list; empty when the key is absent. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    return items(key).stream().flatMap(item -> constant(item, key, type).stream()).toList();
  }

  /** What {@code build} makes of the keys below this one; empty when anything in it is wrong. */
  public <T> Optional<T> section(String key, Function<Fields, T> build) {
    if (!required(key)) {
      return Optional.empty();
    }
    YamlNode node = mapping.entries().get(key);
    return group(node, key).flatMap(group -> group.build(build));
  }

  /** Like {@link #section} for each item of a list; empty when the key is absent. */
  public <T> List<T> sections(String key, Function<Fields, T> build) {
    return items(key).stream()
        .flatMap(item -> group(item, key).stream())
        .flatMap(group -> group.build(build).stream())
        .toList();
  }

  /** Runs a schema over these keys, then refuses the keys that it did not ask for. */
  <T> Optional<T> build(Function<Fields, T> schema) {
    T value = schema.apply(this);
    refuseUnknown();
    return isClean() ? Optional.of(value) : Optional.empty();
  }

  private void refuseUnknown() {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                findings.add(
                    node.line(),
                    "unknown key " + Findings.quote(key),
                    "Fovea would silently ignore it",
                    "did you mean '"
                        + Spelling.nearest(key, known, 1).get(0)
                        + "'? Known: "
                        + known);
              }
            });
  }

  private boolean required(String key) {
    boolean present = has(key);
    if (!present) {
      findings.add(
          mapping.line(), "key '" + key + "' is missing", "it is needed", "add '" + key + ": ...'");
    }
    return present;
  }

  private boolean isScalar(String key) {
    return mapping.entries().get(key) instanceof YamlNode.Scalar;
  }

  private Optional<YamlNode.Scalar> scalar(String key) {
    if (!required(key)) {
      return Optional.empty();
    }
    YamlNode node = mapping.entries().get(key);
    if (node instanceof YamlNode.Scalar scalar && acceptable(scalar.text())) {
      return Optional.of(scalar);
    }
    wrong(node, key, "a single non-empty value of at most " + MAX_TEXT + " characters");
    return Optional.empty();
  }

  private static boolean acceptable(String text) {
    return !text.isBlank() && text.length() <= MAX_TEXT;
  }

  private List<YamlNode> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    YamlNode node = mapping.entries().get(key);
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    wrong(node, key, "a list");
    return List.of();
  }

  private Optional<Fields> group(YamlNode node, String key) {
    if (node instanceof YamlNode.Mapping group) {
      return Optional.of(new Fields(group, findings));
    }
    wrong(node, key, "a group of keys");
    return Optional.empty();
  }

  private long quantity(String key, Quantity quantity, long min, long max) {
    Optional<YamlNode.Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return min;
    }
    OptionalLong value = quantity.parse(scalar.get().text());
    if (value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max) {
      return value.getAsLong();
    }
    wrong(scalar.get(), key, quantity.description() + range(min, max));
    return min;
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE ? ", at least " + min : ", from " + min + " to " + max;
  }

  private List<Double> reals(String key, List<YamlNode> items, int length, double min, double max) {
    if (items.size() != length) {
      reject(
          key,
          "'" + key + "' has a row of " + items.size() + " numbers",
          length + " are needed",
          "write " + length + " numbers in brackets");
    }
    return IntStream.range(0, length)
        .mapToObj(i -> i < items.size() ? real(items.get(i), key, min, max) : min)
        .toList();
  }

  private double real(YamlNode node, String key, double min, double max) {
    if (node instanceof YamlNode.Scalar scalar) {
      var value = Quantity.real(scalar.text());
      if (value.isPresent() && value.getAsDouble() >= min && value.getAsDouble() <= max) {
        return value.getAsDouble();
      }
    }
    wrong(node, key, "a number from " + min + " to " + max + ", or a fraction such as 1/255");
    return min;
  }

  private <E extends Enum<E>> Optional<E> constant(YamlNode node, String key, Class<E> type) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Optional<E> constant =
        Stream.of(type.getEnumConstants()).filter(c -> spelling(c).equals(text)).findFirst();
    if (constant.isEmpty()) {
      String all =
          Stream.of(type.getEnumConstants())
              .map(Fields::spelling)
              .collect(Collectors.joining(", "));
      wrong(node, key, "one of: " + all);
    }
    return constant;
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void wrong(YamlNode node, String key, String wanted) {
    findings.add(
        node.line(),
        "'" + key + "' is " + quoted(node),
        "it must be " + wanted,
        "correct the value");
  }

  private static String quoted(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? Findings.quote(scalar.text()) : node.kind();
  }
}
