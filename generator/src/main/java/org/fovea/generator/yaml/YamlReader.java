package org.fovea.generator.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses YAML into nodes with lines. Refuses aliases, deep nesting and large files. */
public final class YamlReader {
  private static final int MAX_CHARS = 1 << 20;
  private static final int MAX_DEPTH = 20;

  private final YAMLParser parser;

  private YamlReader(YAMLParser parser) {
    this.parser = parser;
  }

  /**
   * The file's root node.
   *
   * @throws YamlFault when the text is no YAML, or not of the plain kind that facts need
   */
  public static YamlNode read(String text) {
    if (text.length() > MAX_CHARS) {
      throw new YamlFault(1, "is longer than a file of facts can be");
    }
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new YamlFault(1, "is empty");
      }
      YamlNode root = new YamlReader(parser).node(0);
      if (parser.nextToken() != null) {
        throw new YamlFault(parser.currentLocation().getLineNr(), "holds more than one document");
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new YamlFault(line, "is not valid YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      if (e instanceof YamlFault fault) {
        throw fault;
      }
      // The parser below Jackson has unchecked exceptions of its own for broken text.
      throw new YamlFault(1, "is not valid YAML: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  private YamlNode node(int depth) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (depth > MAX_DEPTH) {
      throw new YamlFault(line, "is nested too deeply");
    }
    if (parser.isCurrentAlias()) {
      throw new YamlFault(line, "uses an alias; write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(line, depth);
      case START_ARRAY -> sequence(line, depth);
      default -> new YamlNode.Scalar(parser.getText(), line);
    };
  }

  private YamlNode mapping(int line, int depth) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      if (entries.put(key, node(depth + 1)) != null) {
        throw new YamlFault(keyLine, "has the key " + key + " twice");
      }
    }
    return new YamlNode.Mapping(entries, line);
  }

  private YamlNode sequence(int line, int depth) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new YamlNode.Sequence(items, line);
  }
}
