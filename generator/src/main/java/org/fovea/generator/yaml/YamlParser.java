package org.fovea.generator.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Bytes of one YAML file to its tree. Time and memory are bounded by the size limit: aliases, with
 * which a small file can stand for a huge one, and tags are refused.
 */
final class YamlParser {
  static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_DEPTH = 16;
  private static final YAMLFactory FACTORY = YAMLFactory.builder().loaderOptions(limits()).build();

  private final Findings findings;

  YamlParser(Findings findings) {
    this.findings = findings;
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_BYTES);
    return options;
  }

  /** The root, when the file is one YAML document that is a mapping. */
  Optional<YamlNode.Mapping> parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      findings.add(
          1,
          "the file has more than " + MAX_BYTES + " bytes",
          "a board or model card is a few kilobytes of text",
          "check that this is the file you meant");
      return Optional.empty();
    }
    return decode(bytes).flatMap(this::tree).flatMap(this::mapping);
  }

  private Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      findings.add(1, "the file is not UTF-8 text", "YAML is text", "save it as UTF-8");
      return Optional.empty();
    }
  }

  private Optional<YamlNode> tree(String text) {
    try (YAMLParser parser = FACTORY.createParser(new StringReader(text))) {
      if (parser.nextToken() == null) {
        findings.add(1, "the file is empty", "it holds no keys", "see docs/ADDING.md");
        return Optional.empty();
      }
      YamlNode root = node(parser);
      if (parser.nextToken() != null) {
        throw new Refused(
            line(parser), "a second document begins here", "remove what follows '---'");
      }
      return Optional.of(root);
    } catch (Refused e) {
      findings.add(e.line, e.getMessage(), "Fovea reads plain YAML only", e.remedy);
    } catch (JsonProcessingException e) {
      syntax(e.getLocation(), e.getOriginalMessage());
    } catch (YAMLException | IOException e) {
      syntax(null, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private void syntax(JsonLocation location, String message) {
    int line = location == null ? 1 : Math.max(1, location.getLineNr());
    String first = message.lines().findFirst().orElse("");
    findings.add(line, "not YAML", Findings.quote(first), "correct the syntax at this line");
  }

  private Optional<YamlNode.Mapping> mapping(YamlNode root) {
    if (root instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    findings.add(
        root.line(), "the file holds " + root.kind(), "it must hold keys", "see docs/ADDING.md");
    return Optional.empty();
  }

  private YamlNode node(YAMLParser parser) throws IOException {
    int line = line(parser);
    refuseIndirection(parser, line);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return new YamlNode.Mapping(line, entries(parser));
    }
    if (token == JsonToken.START_ARRAY) {
      return new YamlNode.Sequence(line, items(parser));
    }
    return new YamlNode.Scalar(line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
  }

  private Map<String, YamlNode> entries(YAMLParser parser) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = line(parser);
      parser.nextToken();
      YamlNode value = node(parser);
      if (entries.putIfAbsent(key, value) != null) {
        findings.add(
            line,
            "key " + Findings.quote(key) + " stands twice",
            "only one of them can be meant",
            "remove one");
      }
    }
    return entries;
  }

  private List<YamlNode> items(YAMLParser parser) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return items;
  }

  private static void refuseIndirection(YAMLParser parser, int line) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new Refused(line, "a YAML alias", "write the value out where it is needed");
    }
    if (parser.getTypeId() != null) {
      throw new Refused(line, "a YAML tag", "remove the tag");
    }
  }

  private static int line(YAMLParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  /** A YAML feature that Fovea does not accept. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String remedy;

    Refused(int line, String what, String remedy) {
      super(what);
      this.line = line;
      this.remedy = remedy;
    }
  }
}
