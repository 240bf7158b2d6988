package org.fovea.host.detect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Detections as JSON: {@code [{"class":0,"label":"face","score":0.8,"box":[l,t,r,b]}]}. */
public final class DetectionsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DetectionsJson() {}

  /** Scores with six decimals, boxes in the photo's pixels with two. */
  public static ArrayNode of(List<Detection> detections) {
    ArrayNode list = JSON.arrayNode();
    for (Detection detection : detections) {
      ObjectNode node = list.addObject();
      node.put("class", detection.classIndex());
      node.put("label", detection.label());
      node.put("score", rounded(detection.score(), 6));
      Box box = detection.box();
      node.putArray("box")
          .add(rounded(box.left(), 2))
          .add(rounded(box.top(), 2))
          .add(rounded(box.right(), 2))
          .add(rounded(box.bottom(), 2));
    }
    return list;
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
