package org.fovea.host.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.host.fault.DatasetRejected;

/**
 * The entries of a COCO file that hold together by themselves; the others became findings. Read as
 * a stream: the file may have hundreds of megabytes.
 */
final class CocoFile {
  private static final long MAX_BYTES = 2L << 30;
  private static final int MAX_ENTRIES = 5_000_000;
  private static final Set<String> KEYS = Set.of("images", "annotations", "categories");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** An image; sizes in pixels. */
  record Image(String where, long id, String fileName, int width, int height) {}

  /** A box; area NaN when the file has none. */
  record Annotation(
      String where, long id, long imageId, long categoryId, Bbox box, double area, boolean crowd) {}

  /** A class. */
  record Category(String where, long id, String name) {}

  private final String name;
  private final Problems problems;
  private final List<Image> images = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final List<Category> categories = new ArrayList<>();

  private CocoFile(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  List<Image> images() {
    return images;
  }

  List<Annotation> annotations() {
    return annotations;
  }

  List<Category> categories() {
    return categories;
  }

  /** Whether a file is an object with COCO's keys. */
  static boolean hasKeys(Path file) {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      Set<String> found = new HashSet<>();
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          found.add(json.currentName());
          json.nextToken();
          json.skipChildren();
        }
      }
      return found.containsAll(KEYS);
    } catch (IOException e) {
      return false;
    }
  }

  static CocoFile read(Path file, Problems problems) {
    CocoFile coco = new CocoFile(Pictures.name(file), problems);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw refused(coco.name, "is larger than " + (MAX_BYTES >> 30) + " GiB");
      }
      try (JsonParser json = JSON.createParser(file.toFile())) {
        coco.document(json);
      }
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.add(
          coco.name + ":" + line,
          "is no valid JSON: " + e.getOriginalMessage(),
          "What follows cannot be read",
          "Write the file again");
    } catch (IOException e) {
      throw refused(coco.name, "cannot be read: " + e.getMessage());
    }
    return coco;
  }

  private static DatasetRejected refused(String where, String what) {
    return new DatasetRejected(where, what, "It holds the labels", "Name another folder");
  }

  private void document(JsonParser json) throws IOException {
    Set<String> found = new HashSet<>();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      wrong(name + ":1", "is no JSON object");
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      found.add(key);
      json.nextToken();
      switch (key) {
        case "images" -> entries(json, key, fields -> fields.image().ifPresent(images::add));
        case "annotations" ->
            entries(json, key, fields -> fields.annotation().ifPresent(annotations::add));
        case "categories" ->
            entries(json, key, fields -> fields.category().ifPresent(categories::add));
        default -> json.skipChildren();
      }
    }
    KEYS.stream()
        .filter(key -> !found.contains(key))
        .sorted()
        .forEach(key -> wrong(name, "has no \"" + key + "\""));
  }

  private interface Entry {
    void read(CocoFields fields) throws IOException;
  }

  private void entries(JsonParser json, String key, Entry entry) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      wrong(name + ":" + json.currentTokenLocation().getLineNr(), "\"" + key + "\" is no list");
      json.skipChildren();
      return;
    }
    for (int count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
      if (count == MAX_ENTRIES) {
        throw refused(name, "has more than " + MAX_ENTRIES + " " + key);
      }
      String where = name + ":" + json.currentTokenLocation().getLineNr();
      if (json.currentToken() != JsonToken.START_OBJECT) {
        wrong(where, "an entry of \"" + key + "\" is no object");
        json.skipChildren();
        continue;
      }
      entry.read(new CocoFields(json, where, name, problems));
    }
  }

  private void wrong(String where, String what) {
    problems.add(
        where, what, "COCO's format asks for it", "Write the file again, or give --format");
  }
}
