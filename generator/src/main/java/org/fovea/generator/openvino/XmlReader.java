package org.fovea.generator.openvino;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.fovea.generator.fault.FileFindings;

/**
 * Reads an .xml file: no document type, no entities, bounded depth, layers and edges. What it does
 * not know (bodies of loops, run-time information) it steps over.
 */
final class XmlReader {
  static final int MAX_BYTES = 64 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_LAYERS = 20_000;
  private static final int MAX_EDGES = 100_000;
  private static final int MAX_PORTS = 1_000;
  private static final int MAX_DIMS = 16;
  private static final String LAYER = "/net/layers/layer";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final String CONVERT = "convert the model again with OpenVINO 2020.1 to 2023.3";

  private final FileFindings findings;
  private final Deque<String> paths = new ArrayDeque<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<Document.Edge> edges = new ArrayList<>();
  private String name = "";
  private int version;

  private int line;
  private int id;
  private String layerName = "";
  private String type = "";
  private String opset = "";
  private Map<String, String> data = Map.of();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private int port;
  private String precision = "";
  private final List<Integer> dims = new ArrayList<>();

  private XmlReader(FileFindings findings) {
    this.findings = findings;
  }

  /** What the file says; rejects when it says it wrongly. */
  static Document read(byte[] file, FileFindings findings) {
    XmlReader reader = new XmlReader(findings);
    try {
      reader.elements(open(file));
    } catch (XMLStreamException e) {
      findings.add(
          Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNumber()),
          "is no XML that Fovea reads",
          firstLine(e),
          "name the .xml file that OpenVINO wrote; download it again if it was cut");
    }
    findings.rejectIfAny();
    return new Document(reader.name, reader.version, reader.layers, reader.edges);
  }

  private static XMLStreamReader open(byte[] file) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory.createXMLStreamReader(new StringReader(text(file)));
  }

  /** By a decoder of our own, since the parser's writes to stderr. */
  private static String text(byte[] file) throws XMLStreamException {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file));
      return text.toString().replaceFirst("^\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw new XMLStreamException("it is not UTF-8 text", e);
    }
  }

  private static String firstLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.indexOf("Message: ");
    return (at < 0 ? message : message.substring(at + 9)).lines().findFirst().orElse("damaged");
  }

  private void elements(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      int at = xml.getLocation().getLineNumber();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new XMLStreamException("it has a document type or entities", xml.getLocation());
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        String path = (paths.isEmpty() ? "" : paths.peek()) + "/" + xml.getLocalName();
        paths.push(path);
        if (paths.size() > MAX_DEPTH) {
          throw new XMLStreamException(
              "elements are nested more than " + MAX_DEPTH + " deep", xml.getLocation());
        }
        start(path, xml, at);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        end(paths.pop());
      }
    }
  }

  private void start(String path, XMLStreamReader xml, int at) throws XMLStreamException {
    switch (path) {
      case "/net" -> net(xml, at);
      case LAYER -> {
        line = at;
        id = number(xml, "id", at);
        layerName = text(xml, "name");
        type = text(xml, "type");
        opset = text(xml, "version");
        data = Map.of();
        inputs.clear();
        outputs.clear();
      }
      case LAYER + "/data" -> data = attributes(xml);
      case LAYER + "/input/port", LAYER + "/output/port" -> {
        port = number(xml, "id", at);
        precision = text(xml, "precision");
        dims.clear();
      }
      case LAYER + "/input/port/dim", LAYER + "/output/port/dim" -> {
        String text = xml.getElementText().strip();
        end(paths.pop());
        dims.add(dimension(text, at));
        limit(dims.size(), MAX_DIMS, "dimensions", xml);
      }
      case "/net/edges/edge" -> {
        limit(edges.size(), MAX_EDGES, "edges", xml);
        edges.add(
            new Document.Edge(
                at,
                number(xml, "from-layer", at),
                number(xml, "from-port", at),
                number(xml, "to-layer", at),
                number(xml, "to-port", at)));
      }
      default -> {
        if (paths.size() == 1) {
          throw new XMLStreamException("its first element is not <net>", xml.getLocation());
        }
      }
    }
    limit(layers.size(), MAX_LAYERS, "layers", xml);
    limit(inputs.size() + outputs.size(), MAX_PORTS, "ports of one layer", xml);
  }

  private void end(String path) {
    switch (path) {
      case LAYER -> layers.add(new Layer(line, id, layerName, type, opset, data, inputs, outputs));
      case LAYER + "/input/port" -> inputs.add(new Port(port, precision, dims));
      case LAYER + "/output/port" -> outputs.add(new Port(port, precision, dims));
      default -> {}
    }
  }

  private void net(XMLStreamReader xml, int at) {
    name = text(xml, "name");
    version = number(xml, "version", at);
    if (findings.isEmpty() && version != 10 && version != 11) {
      findings.add(at, "is IR version " + version, "Fovea reads versions 10 and 11", CONVERT);
      findings.rejectIfAny();
    }
  }

  private int number(XMLStreamReader xml, String attribute, int at) {
    String text = text(xml, attribute);
    if (NUMBER.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    findings.add(
        at,
        "<" + xml.getLocalName() + "> has " + attribute + "=" + FileFindings.quote(text),
        "it must be a whole number",
        CONVERT);
    return 0;
  }

  /** A dimension; -1 for any that is no plain number: {@code -1}, {@code ?}, {@code 1..8}. */
  private int dimension(String text, int at) {
    if (NUMBER.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    if (!text.matches("\\?|-1|[0-9]{0,9}\\.\\.[0-9]{0,9}")) {
      findings.add(
          at, "<dim> is " + FileFindings.quote(text), "it must be a whole number", CONVERT);
    }
    return Port.DYNAMIC;
  }

  private static String text(XMLStreamReader xml, String attribute) {
    String text = xml.getAttributeValue(null, attribute);
    return text == null ? "" : text;
  }

  private static Map<String, String> attributes(XMLStreamReader xml) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    return attributes;
  }

  private static void limit(int count, int most, String what, XMLStreamReader xml)
      throws XMLStreamException {
    if (count > most) {
      throw new XMLStreamException("it has more than " + most + " " + what, xml.getLocation());
    }
  }
}
