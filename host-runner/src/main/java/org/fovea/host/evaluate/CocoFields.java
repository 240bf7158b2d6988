package org.fovea.host.evaluate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a COCO file, read field by field; unknown fields are passed over. Empty with
 * findings when a field is missing or no number.
 */
final class CocoFields {
  private static final int MAX_SIDE = 1_000_000;

  private final JsonParser json;
  private final String where;
  private final String file;
  private final Problems problems;
  private final long before;

  private Long id;
  private Long imageId;
  private Long categoryId;
  private Long width;
  private Long height;
  private String name;
  private Bbox box;
  private double area = Double.NaN;
  private boolean crowd;
  private final Set<String> rejected = new HashSet<>();

  CocoFields(JsonParser json, String where, String file, Problems problems) {
    this.json = json;
    this.where = where;
    this.file = file;
    this.problems = problems;
    this.before = problems.count();
  }

  Optional<CocoFile.Image> image() throws IOException {
    each(
        field -> {
          switch (field) {
            case "id" -> id = integer(field);
            case "file_name" -> name = text(field);
            case "width" -> width = integer(field);
            case "height" -> height = integer(field);
            default -> json.skipChildren();
          }
        });
    require(id, "id");
    require(name, "file_name");
    requireSide(width, "width");
    requireSide(height, "height");
    if (problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new CocoFile.Image(where, id, name, Math.toIntExact(width), Math.toIntExact(height)));
  }

  Optional<CocoFile.Annotation> annotation() throws IOException {
    each(
        field -> {
          switch (field) {
            case "id" -> id = integer(field);
            case "image_id" -> imageId = integer(field);
            case "category_id" -> categoryId = integer(field);
            case "bbox" -> box = box();
            case "area" -> area = number(field);
            case "iscrowd" -> crowd = crowd();
            default -> json.skipChildren();
          }
        });
    require(id, "id");
    require(imageId, "image_id");
    require(categoryId, "category_id");
    require(box, "bbox");
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new CocoFile.Annotation(where, id, imageId, categoryId, box, area, crowd));
  }

  Optional<CocoFile.Category> category() throws IOException {
    each(
        field -> {
          switch (field) {
            case "id" -> id = integer(field);
            case "name" -> name = text(field);
            default -> json.skipChildren();
          }
        });
    require(id, "id");
    require(name, "name");
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new CocoFile.Category(where, id, name));
  }

  private interface Field {
    void read(String name) throws IOException;
  }

  private void each(Field field) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      field.read(key);
    }
  }

  private Long integer(String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    wrong(field, "no whole number");
    return null;
  }

  private double number(String field) throws IOException {
    if (json.currentToken().isNumeric() && Double.isFinite(json.getDoubleValue())) {
      return json.getDoubleValue();
    }
    wrong(field, "no number");
    return Double.NaN;
  }

  private String text(String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    wrong(field, "no text");
    return null;
  }

  private boolean crowd() throws IOException {
    if (json.currentToken().isBoolean()) {
      return json.getBooleanValue();
    }
    Long value = integer("iscrowd");
    if (value != null && value != 0 && value != 1) {
      wrong("iscrowd", "neither 0 nor 1");
    }
    return value != null && value == 1;
  }

  private Bbox box() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      wrong("bbox", "no list");
      return null;
    }
    double[] values = new double[4];
    int count = 0;
    boolean finite = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      double value = number("bbox");
      finite &= !Double.isNaN(value);
      if (count < values.length) {
        values[count] = value;
      }
      count++;
    }
    if (count != values.length) {
      rejected.add("bbox");
      problems.add(
          line(),
          "bbox has " + count + " numbers",
          "COCO's are x, y, width, height",
          "Correct the label");
      return null;
    }
    return finite ? new Bbox(values[0], values[1], values[2], values[3]) : null;
  }

  private void wrong(String field, String what) throws IOException {
    rejected.add(field);
    String seen = json.currentToken().isScalarValue() ? json.getText() : "a list or object";
    problems.add(
        line(),
        field + " is " + what + ": " + (seen.length() > 40 ? seen.substring(0, 40) : seen),
        "COCO's format asks for one",
        "Correct the entry");
    json.skipChildren();
  }

  private String line() {
    return file + ":" + json.currentTokenLocation().getLineNr();
  }

  private void requireSide(Long side, String field) {
    require(side, field);
    if (side != null && (side < 1 || side > MAX_SIDE)) {
      problems.add(where, field + " is " + side, "An image has pixels", "Correct the entry");
    }
  }

  /** A field that was there and wrong has its finding already. */
  private void require(Object value, String field) {
    if (value == null && !rejected.contains(field)) {
      problems.add(where, "has no " + field, "COCO's format asks for it", "Add it to the entry");
    }
  }
}
