package org.fovea.host.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Scenes as a folder that any tool reads: {@code images/00000.png} and {@code labels.json} in
 * COCO's form.
 */
public final class SceneFolder {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SceneFolder() {}

  /**
   * Writes scenes 0 .. count - 1.
   *
   * @param done called with the number of each written scene, from several threads
   */
  public static void write(Scenes scenes, int count, Path folder, IntConsumer done)
      throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    ObjectNode[] lists = new ObjectNode[count];
    try {
      IntStream.range(0, count)
          .parallel()
          .forEach(
              index -> {
                lists[index] = picture(scenes.scene(index), index, images);
                done.accept(index);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    byte[] labels =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(labels(lists));
    Files.write(folder.resolve("labels.json"), labels);
  }

  /** Writes the picture; the image's entry with its annotations under "annotations". */
  private static ObjectNode picture(Scene scene, int index, Path images) {
    String name = String.format(Locale.ROOT, "%05d.png", index);
    try {
      Files.write(images.resolve(name), StoredPng.of(scene.photo()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ObjectNode entry = JSON.objectNode();
    entry.put("id", index + 1);
    entry.put("file_name", name);
    entry.put("width", scene.photo().width());
    entry.put("height", scene.photo().height());
    ArrayNode annotations = entry.putArray("annotations");
    for (Scene.Sign sign : scene.signs()) {
      annotations.add(annotation(sign));
    }
    return entry;
  }

  private static ObjectNode annotation(Scene.Sign sign) {
    ObjectNode node = JSON.objectNode();
    node.put("category_id", sign.kind().index() + 1);
    node.putArray("bbox")
        .add(decimals(sign.left(), 2))
        .add(decimals(sign.top(), 2))
        .add(decimals(sign.width(), 2))
        .add(decimals(sign.height(), 2));
    node.put("area", decimals(sign.width() * sign.height(), 2));
    node.put("iscrowd", 0);
    node.put("visible", decimals(sign.visible(), 3));
    return node;
  }

  private static ObjectNode labels(ObjectNode[] pictures) {
    ObjectNode labels = JSON.objectNode();
    ArrayNode images = labels.putArray("images");
    ArrayNode annotations = labels.putArray("annotations");
    int id = 1;
    for (ObjectNode picture : pictures) {
      ArrayNode own = (ArrayNode) picture.remove("annotations");
      images.add(picture);
      for (var node : own) {
        ObjectNode annotation = JSON.objectNode().put("id", id++);
        annotation.put("image_id", picture.get("id").intValue());
        annotation.setAll((ObjectNode) node);
        annotations.add(annotation);
      }
    }
    ArrayNode categories = labels.putArray("categories");
    List<SignClass> kinds = Arrays.asList(SignClass.values());
    kinds.forEach(
        kind -> categories.addObject().put("id", kind.index() + 1).put("name", kind.label()));
    return labels;
  }

  private static BigDecimal decimals(double value, int count) {
    return BigDecimal.valueOf(value).setScale(count, RoundingMode.HALF_EVEN);
  }
}
