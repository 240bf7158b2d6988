package org.fovea.host.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Labels and detections as pycocotools reads them: {@code COCO(truth).loadRes(detections)}. Every
 * dataset becomes COCO here, with its clipped boxes, so that anyone can check the figures.
 */
public final class CocoFiles {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CocoFiles() {}

  /** The labels; VOC's difficult objects are written as crowds, the only ones COCO ignores. */
  public static ObjectNode truth(Dataset dataset) {
    ObjectNode root = JSON.objectNode();
    ArrayNode images = root.putArray("images");
    ArrayNode annotations = root.putArray("annotations");
    for (LabelledImage image : dataset.images()) {
      images
          .addObject()
          .put("id", image.id())
          .put("file_name", image.name())
          .put("width", image.width())
          .put("height", image.height());
      for (Truth truth : image.truths()) {
        ObjectNode node = annotations.addObject();
        node.put("id", annotations.size());
        node.put("image_id", image.id());
        node.put("category_id", dataset.classes().get(truth.classIndex()).id());
        node.set("bbox", box(truth.box()));
        node.put("area", truth.area());
        node.put("iscrowd", truth.kind() == Truth.Kind.OBJECT ? 0 : 1);
      }
    }
    ArrayNode categories = root.putArray("categories");
    dataset.classes().forEach(c -> categories.addObject().put("id", c.id()).put("name", c.name()));
    return root;
  }

  /** The detections as a COCO results file. */
  public static ArrayNode detections(Dataset dataset, List<ImageResult> results) {
    ArrayNode list = JSON.arrayNode();
    for (ImageResult seen : results) {
      for (DetectedBox found : seen.detections()) {
        ObjectNode node = list.addObject();
        node.put("image_id", seen.image().id());
        node.put("category_id", dataset.classes().get(found.classIndex()).id());
        node.set("bbox", box(found.box()));
        node.put("score", found.score());
      }
    }
    return list;
  }

  private static ArrayNode box(Bbox box) {
    return JSON.arrayNode().add(box.x()).add(box.y()).add(box.width()).add(box.height());
  }
}
