package org.fovea.host.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One image's XML. Read as a stream without document types and entities of its own: the file may be
 * anybody's.
 */
final class VocFile {
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_DEPTH = 32;

  /** An object; its box by the edges. */
  record Labelled(String where, String name, Bbox box, boolean difficult) {}

  private final String file;
  private final Problems problems;
  private final List<Labelled> objects = new ArrayList<>();
  private String fileName = "";
  private int width;
  private int height;

  private VocFile(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Without folders, which are the author's; empty when the file does not say. */
  String fileName() {
    return fileName;
  }

  /** Pixels, 0 when the file does not say. */
  int width() {
    return width;
  }

  int height() {
    return height;
  }

  List<Labelled> objects() {
    return objects;
  }

  static VocFile read(Path path, Problems problems) {
    VocFile voc = new VocFile(Pictures.name(path), problems);
    try {
      if (Files.size(path) > MAX_BYTES) {
        voc.wrong(voc.file, "is larger than " + (MAX_BYTES >> 20) + " MiB");
        return voc;
      }
      try (InputStream in = Files.newInputStream(path)) {
        voc.document(factory().createXMLStreamReader(in));
      }
    } catch (IOException e) {
      voc.wrong(voc.file, "cannot be read: " + e.getMessage());
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String text = String.valueOf(e.getMessage());
      String reason = text.substring(text.indexOf("Message:") + 1).replace("essage: ", "").strip();
      voc.wrong(voc.file + ":" + line, "is no valid XML: " + reason);
    }
    return voc;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** Texts of one object by their path below it, with the lines they stand in. */
  private record Field(String text, int line) {}

  private void document(XMLStreamReader xml) throws XMLStreamException {
    List<String> path = new ArrayList<>();
    Map<String, Field> object = new HashMap<>();
    int objectLine = 0;
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw new XMLStreamException(
                "a document type is not part of VOC's format", xml.getLocation());
        case XMLStreamConstants.START_ELEMENT -> {
          path.add(xml.getLocalName());
          text.setLength(0);
          if (path.size() > MAX_DEPTH) {
            throw new XMLStreamException("too deep", xml.getLocation());
          }
          if (path.size() == 1 && !xml.getLocalName().equals("annotation")) {
            throw new XMLStreamException("the root is no <annotation>", xml.getLocation());
          }
          if (isObject(path)) {
            object.clear();
            objectLine = xml.getLocation().getLineNumber();
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() < MAX_TEXT) {
            text.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Field field = new Field(text.toString().strip(), xml.getLocation().getLineNumber());
          end(path, field, object, objectLine);
          path.remove(path.size() - 1);
          text.setLength(0);
        }
        default -> {
          // Comments and the like say nothing.
        }
      }
    }
  }

  private static boolean isObject(List<String> path) {
    return path.size() == 2 && path.get(1).equals("object");
  }

  private void end(List<String> path, Field field, Map<String, Field> object, int objectLine) {
    String at = String.join("/", path.subList(1, path.size()));
    switch (at) {
      case "filename" -> fileName = field.text().replaceFirst("^.*[/\\\\]", "");
      case "size/width" -> width = side(field);
      case "size/height" -> height = side(field);
      case "object" -> object(object, file + ":" + objectLine);
      default -> {
        if (at.startsWith("object/")) {
          object.putIfAbsent(at.substring("object/".length()), field);
        }
      }
    }
  }

  private int side(Field field) {
    Optional<Double> value = Numbers.parse(field.text());
    if (value.isEmpty() || value.get() < 0 || value.get() > 1e6) {
      wrong(file + ":" + field.line(), "the size '" + field.text() + "' is no number of pixels");
    }
    return value.map(Double::intValue).orElse(0);
  }

  private void object(Map<String, Field> fields, String where) {
    long before = problems.count();
    double left = number(fields, "bndbox/xmin", where);
    double top = number(fields, "bndbox/ymin", where);
    double right = number(fields, "bndbox/xmax", where);
    double bottom = number(fields, "bndbox/ymax", where);
    Field name = fields.get("name");
    if (name == null || name.text().isEmpty()) {
      wrong(where, "an object has no name");
    }
    Field difficult = fields.getOrDefault("difficult", new Field("0", 0));
    if (!difficult.text().matches("[01]?")) {
      wrong(file + ":" + difficult.line(), "difficult is neither 0 nor 1");
    }
    if (problems.count() == before) {
      Bbox box = new Bbox(left - 1, top - 1, right - left + 1, bottom - top + 1);
      objects.add(
          new Labelled(
              file + ":" + fields.get("bndbox/xmin").line(),
              name.text(),
              box,
              difficult.text().equals("1")));
    }
  }

  private double number(Map<String, Field> fields, String name, String where) {
    Field field = fields.get(name);
    if (field == null) {
      wrong(where, "an object has no " + name);
      return 0;
    }
    Optional<Double> value = Numbers.parse(field.text());
    if (value.isEmpty()) {
      wrong(file + ":" + field.line(), name + " '" + field.text() + "' is no number");
    }
    return value.orElse(0.0);
  }

  private void wrong(String where, String what) {
    problems.add(where, what, "VOC's format asks for it", "Write the file again");
  }
}
