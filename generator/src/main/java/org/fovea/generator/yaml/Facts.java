package org.fovea.generator.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;

/**
 * Takes typed values out of a mapping and notes a finding for each that is missing, of the wrong
 * kind, or left over. A value that is wrong is replaced by a harmless one, so that reading goes on
 * and all findings come at once.
 */
public final class Facts {
  private final String file;
  private final YamlNode.Mapping mapping;
  private final List<Finding> findings;
  private final Set<String> taken = new LinkedHashSet<>();

  private Facts(String file, YamlNode.Mapping mapping, List<Finding> findings) {
    this.file = file;
    this.mapping = mapping;
    this.findings = findings;
  }

  /**
   * The facts of a file.
   *
   * @param file its name, for findings
   * @param findings where they go
   */
  public static Facts of(String file, String text, List<Finding> findings) {
    YamlNode.Mapping empty = new YamlNode.Mapping(java.util.Map.of(), 1);
    try {
      if (YamlReader.read(text) instanceof YamlNode.Mapping root) {
        return new Facts(file, root, findings);
      }
      findings.add(finding(file, 1, "is no mapping", "it needs keys with values"));
    } catch (YamlFault e) {
      findings.add(finding(file, e.line(), e.getMessage(), "mend the file"));
    }
    return new Facts(file, empty, findings);
  }

  private static Finding finding(String file, int line, String what, String remedy) {
    return new Finding(file + ":" + line, what, "the file cannot be used so", remedy);
  }

  public int line() {
    return mapping.line();
  }

  /** Line of a key's value, or of the mapping when the key is absent. */
  public int line(String key) {
    YamlNode node = mapping.entries().get(key);
    return node == null ? mapping.line() : node.line();
  }

  /** Notes a finding at a key. */
  public void wrong(String key, String what, String remedy) {
    findings.add(finding(file, line(key), what, remedy));
  }

  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  public String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, ""));
  }

  public Optional<String> optionalText(String key) {
    return take(key)
        .map(
            node -> {
              if (node instanceof YamlNode.Scalar s && !s.text().isBlank()) {
                return s.text().strip();
              }
              wrong(key, key + " is no text", "write one value");
              return "";
            });
  }

  private <T> T missing(String key, T instead) {
    findings.add(finding(file, mapping.line(), key + " is missing", "add it"));
    return instead;
  }

  private Optional<YamlNode> take(String key) {
    taken.add(key);
    return Optional.ofNullable(mapping.entries().get(key));
  }

  /** A whole number, decimal or 0x, within bounds. */
  public long number(String key, long least, long most) {
    return optionalNumber(key, least, most).orElseGet(() -> missing(key, least));
  }

  public Optional<Long> optionalNumber(String key, long least, long most) {
    return optionalText(key).map(text -> bounded(key, parse(text), least, most));
  }

  /** Bytes, such as {@code 128K}, {@code 2M}, {@code 4G} or {@code 65536}. */
  public long bytes(String key) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return missing(key, 1L);
    }
    String s = text.get();
    int unit = s.isEmpty() ? -1 : "KMG".indexOf(s.charAt(s.length() - 1));
    Long value = parse(unit < 0 ? s : s.substring(0, s.length() - 1));
    long most = 1L << 40;
    if (value != null && unit >= 0) {
      value = value > most ? null : value << (10 * (unit + 1));
    }
    return bounded(key, value, 1, most);
  }

  private static Long parse(String text) {
    try {
      return text.toLowerCase(Locale.ROOT).startsWith("0x")
          ? Long.parseLong(text.substring(2), 16)
          : Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private long bounded(String key, Long value, long least, long most) {
    if (value == null || value < least || value > most) {
      wrong(key, key + " is no number from " + least + " to " + most, "write such a number");
      return least;
    }
    return value;
  }

  /** A real number. */
  public Optional<Double> optionalReal(String key) {
    return optionalText(key).map(text -> real(key, text));
  }

  private double real(String key, String text) {
    try {
      double value = text.length() > 40 ? Double.NaN : new BigDecimal(text).doubleValue();
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    wrong(key, key + " is no number", "write a decimal number");
    return 0;
  }

  /** One of an enum's constants, written in lower case with - or _. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E instead) {
    return optionalText(key)
        .map(text -> constant(key, type, text, instead))
        .orElseGet(() -> missing(key, instead));
  }

  public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type, E instead) {
    return optionalText(key).map(text -> constant(key, type, text, instead));
  }

  private <E extends Enum<E>> E constant(String key, Class<E> type, String text, E instead) {
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text.replace('-', '_').toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    String known =
        Stream.of(type.getEnumConstants()).map(Facts::written).collect(Collectors.joining(", "));
    wrong(key, key + ": unknown value " + text, "one of " + known);
    return instead;
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The mapping under a key. */
  public Optional<Facts> optionalFacts(String key) {
    return take(key).flatMap(node -> nested(key, node));
  }

  public Facts facts(String key) {
    return optionalFacts(key)
        .orElseGet(
            () -> {
              missing(key, "");
              return new Facts(
                  file, new YamlNode.Mapping(java.util.Map.of(), line()), new ArrayList<>());
            });
  }

  private Optional<Facts> nested(String key, YamlNode node) {
    if (node instanceof YamlNode.Mapping m) {
      return Optional.of(new Facts(file, m, findings));
    }
    findings.add(finding(file, node.line(), key + " is no mapping", "give it keys with values"));
    return Optional.empty();
  }

  /** The mappings listed under a key; none when it is absent. */
  public List<Facts> list(String key) {
    return items(key).stream().flatMap(item -> nested(key, item).stream()).toList();
  }

  /** The texts listed under a key; none when it is absent. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (item instanceof YamlNode.Scalar s) {
        texts.add(s.text().strip());
      } else {
        findings.add(finding(file, item.line(), key + " lists no text", "write plain values"));
      }
    }
    return texts;
  }

  /** The real numbers listed under a key; none when it is absent. */
  public List<Double> reals(String key) {
    return texts(key).stream().map(text -> real(key, text)).toList();
  }

  private List<YamlNode> items(String key) {
    Optional<YamlNode> node = take(key);
    if (node.isPresent() && !(node.get() instanceof YamlNode.Sequence)) {
      wrong(key, key + " is no list", "write it as a list");
    }
    return node.isPresent() && node.get() instanceof YamlNode.Sequence s ? s.items() : List.of();
  }

  /** Notes every key that nobody asked for. Call it last. */
  public void nothingElse() {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!taken.contains(key)) {
                findings.add(
                    finding(
                        file,
                        node.line(),
                        "unknown key " + key,
                        "known here: " + String.join(", ", taken)));
              }
            });
  }
}
