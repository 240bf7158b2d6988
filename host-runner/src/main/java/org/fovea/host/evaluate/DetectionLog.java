package org.fovea.host.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.host.fault.DatasetRejected;

/**
 * {@code detections.jsonl}: what was found so far, so that a stopped run can go on. The first line
 * says what was run on what; then a line an image, in the dataset's order. A line without its end
 * was being written when the run stopped, and is dropped.
 */
public final class DetectionLog implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final long MAX_BYTES = 2L << 30;
  private static final int DETECTION_COLUMNS = 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<List<DetectedBox>> done;
  private final List<LabelledImage> images;
  private final OutputStream out;
  private int next;

  private DetectionLog(List<List<DetectedBox>> done, List<LabelledImage> images, OutputStream out) {
    this.done = done;
    this.images = images;
    this.out = out;
    this.next = done.size();
  }

  /**
   * Opens the log, to go on where the last run with the same header stopped.
   *
   * @param header what decides over the detections, by name
   * @throws DatasetRejected when the file is of another run, or no such log
   */
  public static DetectionLog open(Path file, Map<String, String> header, Dataset dataset)
      throws IOException {
    String first = headerLine(header);
    String text = Files.exists(file) ? whole(file) : "";
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    List<List<DetectedBox>> done = new ArrayList<>();
    if (lines.isEmpty() && !text.isEmpty() && !(first + "\n").startsWith(text)) {
      throw refused(file, "is no log of detections");
    }
    if (lines.isEmpty()) {
      Files.writeString(file, first + "\n");
    } else {
      done = read(file, lines.lines().toList(), header, dataset);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(lines.getBytes(StandardCharsets.UTF_8).length);
      }
    }
    return new DetectionLog(
        done, dataset.images(), Files.newOutputStream(file, StandardOpenOption.APPEND));
  }

  /** The detections of the images that an earlier run finished, in the dataset's order. */
  public List<List<DetectedBox>> done() {
    return List.copyOf(done);
  }

  /** Adds the next image's. */
  public void add(List<DetectedBox> detections) throws IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("image", images.get(next).name());
    ArrayNode list = line.putArray("detections");
    for (DetectedBox found : detections) {
      Bbox box = found.box();
      list.addArray()
          .add(found.classIndex())
          .add(found.score())
          .add(box.x())
          .add(box.y())
          .add(box.width())
          .add(box.height());
    }
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    next++;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String headerLine(Map<String, String> header) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("fovea_detections", FORMAT);
    header.forEach(line::put);
    return line.toString();
  }

  private static String whole(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw refused(file, "is larger than " + (MAX_BYTES >> 30) + " GiB");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static List<List<DetectedBox>> read(
      Path file, List<String> lines, Map<String, String> header, Dataset dataset) {
    compare(file, json(file, 1, lines.get(0)), header);
    List<List<DetectedBox>> done = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      JsonNode line = json(file, i + 1, lines.get(i));
      boolean known = i <= dataset.images().size();
      if (!known || !line.path("image").asText().equals(dataset.images().get(i - 1).name())) {
        throw refused(file, "line " + (i + 1) + " is not of the image that comes next");
      }
      done.add(detections(file, i + 1, line.path("detections"), dataset.classes().size()));
    }
    return done;
  }

  private static void compare(Path file, JsonNode found, Map<String, String> header) {
    if (found.path("fovea_detections").asInt() != FORMAT) {
      throw refused(file, "is no log of detections of this version");
    }
    Map<String, String> differing = new LinkedHashMap<>();
    header.forEach(
        (name, value) -> {
          String before = found.path(name).asText("nothing");
          if (!before.equals(value)) {
            differing.put(name, before + " then, " + value + " now");
          }
        });
    if (!differing.isEmpty()) {
      List<String> texts = new ArrayList<>();
      differing.forEach((name, text) -> texts.add(name + " (" + text + ")"));
      throw refused(file, "is of a run with another " + String.join(", ", texts));
    }
  }

  private static List<DetectedBox> detections(Path file, int line, JsonNode list, int classes) {
    List<DetectedBox> detections = new ArrayList<>();
    for (JsonNode found : list) {
      double[] numbers = new double[DETECTION_COLUMNS];
      boolean whole = found.size() == DETECTION_COLUMNS;
      for (int i = 0; whole && i < DETECTION_COLUMNS; i++) {
        whole = found.get(i).isNumber() && Double.isFinite(found.get(i).asDouble());
        numbers[i] = found.get(i).asDouble();
      }
      if (!whole || numbers[0] < 0 || numbers[0] >= classes) {
        throw refused(file, "line " + line + " holds no detection");
      }
      detections.add(
          new DetectedBox(
              (int) numbers[0],
              numbers[1],
              new Bbox(numbers[2], numbers[3], numbers[4], numbers[5])));
    }
    if (!list.isArray()) {
      throw refused(file, "line " + line + " holds no detections");
    }
    return detections;
  }

  private static JsonNode json(Path file, int line, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused(file, "line " + line + " is no valid JSON: " + e.getOriginalMessage());
    }
  }

  private static DatasetRejected refused(Path file, String what) {
    return new DatasetRejected(
        file.toString(),
        what,
        "Detections of two runs must not be mixed",
        "Give another folder with -o, or delete the file to begin anew");
  }
}
