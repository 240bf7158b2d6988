package org.fovea.host.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.host.fault.ManifestRejected;

/** What {@code fovea bench --json} printed once, read as far as it is compared. */
public final class BaselineFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_ITEMS = 65_536;
  private static final int MAX_TEXT = 1_000;
  private static final double MAX_VALUE = 1e15;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;

  private BaselineFile(String file) {
    this.file = file;
  }

  /**
   * Reads the boards of a file, in its order.
   *
   * @throws ManifestRejected when it is none
   */
  public static List<Baseline> read(Path file) {
    BaselineFile reader = new BaselineFile(file.toString());
    JsonNode root = reader.parse(file);
    if (root.path("format").asInt() != BenchSheet.FORMAT) {
      throw reader.rejected("has no \"format\" : " + BenchSheet.FORMAT);
    }
    return reader.items(root, "boards").stream().map(reader::board).toList();
  }

  private JsonNode parse(Path path) {
    if (!Files.isRegularFile(path)) {
      throw rejected("is missing or no file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw rejected("is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw rejected("is no valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw rejected("cannot be read: " + e.getMessage());
    }
  }

  private Baseline board(JsonNode node) {
    String counter = text(node, "counter");
    List<Baseline.Figure> figures = new ArrayList<>();
    for (JsonNode item : items(node, "quantities")) {
      Spread spread = spread(item, "spread");
      figures.add(
          Baseline.figure(
              text(item, "id"), text(item, "title"), text(item, "unit"), counter, spread));
    }
    int layers = 0;
    for (JsonNode item : items(node, "layers")) {
      String name = text(item, "name");
      String id = Baseline.layerId(layers++, name);
      figures.add(Baseline.figure(id, name, counter, counter, spread(item, "ticks")));
    }
    JsonNode subject = node.path("subject");
    return new Baseline(
        text(subject, "board"),
        text(subject, "model_sha256"),
        text(node, "figures"),
        counter,
        figures);
  }

  private Spread spread(JsonNode node, String name) {
    JsonNode spread = node.path(name);
    return new Spread(
        number(spread, "min"),
        number(spread, "median"),
        number(spread, "p95"),
        number(spread, "max"));
  }

  private List<JsonNode> items(JsonNode node, String name) {
    JsonNode list = node.path(name);
    if (!list.isArray() || list.size() > MAX_ITEMS) {
      throw rejected("has no list \"" + name + "\" of at most " + MAX_ITEMS);
    }
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items;
  }

  private String text(JsonNode node, String name) {
    JsonNode text = node.path(name);
    if (!text.isTextual() || text.asText().length() > MAX_TEXT) {
      throw rejected("has no text \"" + name + "\" of at most " + MAX_TEXT + " characters");
    }
    return text.asText();
  }

  private double number(JsonNode node, String name) {
    JsonNode number = node.path(name);
    if (!number.isNumber() || !(number.asDouble() >= 0 && number.asDouble() <= MAX_VALUE)) {
      throw rejected("has no number \"" + name + "\" from 0 to 1e15");
    }
    return number.asDouble();
  }

  private ManifestRejected rejected(String what) {
    return new ManifestRejected(
        file,
        what,
        "A baseline is what fovea bench --json printed",
        "Make it again: fovea bench DIR --json > FILE");
  }
}
