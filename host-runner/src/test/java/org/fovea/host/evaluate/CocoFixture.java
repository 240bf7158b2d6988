package org.fovea.host.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dataset and detections of coco_fixtures.py, and what pycocotools says of them. */
record CocoFixture(List<ImageResult> results, int classes, SideRange sides, JsonNode expected) {

  static CocoFixture read(String name) {
    try (InputStream in = CocoFixture.class.getResourceAsStream("coco_" + name + ".json")) {
      JsonNode root = new ObjectMapper().readTree(in);
      List<ImageResult> results = new ArrayList<>();
      for (JsonNode image : root.at("/truth/images")) {
        results.add(seen(root, image));
      }
      return new CocoFixture(
          results,
          root.at("/truth/categories").size(),
          new SideRange(root.at("/sides/0").asDouble(), root.at("/sides/1").asDouble()),
          root.get("expected"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageResult seen(JsonNode root, JsonNode image) {
    long id = image.get("id").asLong();
    List<Truth> truths = new ArrayList<>();
    for (JsonNode truth : root.at("/truth/annotations")) {
      if (truth.get("image_id").asLong() == id) {
        boolean crowd = truth.get("iscrowd").asInt() == 1;
        truths.add(
            new Truth(
                truth.get("category_id").asInt(),
                box(truth),
                truth.get("area").asDouble(),
                crowd ? Truth.Kind.CROWD : Truth.Kind.OBJECT));
      }
    }
    List<DetectedBox> detections = new ArrayList<>();
    for (JsonNode found : root.get("detections")) {
      if (found.get("image_id").asLong() == id) {
        detections.add(
            new DetectedBox(
                found.get("category_id").asInt(), found.get("score").asDouble(), box(found)));
      }
    }
    String name = image.get("file_name").asText();
    return new ImageResult(
        new LabelledImage(
            id,
            name,
            Path.of(name),
            image.get("width").asInt(),
            image.get("height").asInt(),
            truths),
        detections);
  }

  private static Bbox box(JsonNode node) {
    JsonNode box = node.get("bbox");
    return new Bbox(
        box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble());
  }
}
