package org.fovea.generator.neuralart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;

/** Reads the body of one function that returns LL_Buffer_InfoTypeDef, without its parameters. */
final class BufferTable {
  private static final int MOST_BUFFERS = 64;
  private static final int MOST_DIMENSIONS = 8;

  private static final String PARAMETERS = "#if LL_ATON_DBG_BUFFER_INFO_EXCLUDED == 0";

  private static final Pattern ARRAY =
      Pattern.compile(
          "static const (?:uint32_t|float|int16_t) (\\w{1,300})\\[\\] = \\{([^{}]{0,2000})\\};");

  private static final Pattern FIELD = Pattern.compile("\\.(\\w+) = ([^\\n]{1,400}?),?\\n");

  private static final Pattern ADDRESS =
      Pattern.compile("\\{\\(unsigned char \\*\\)\\(0x([0-9a-fA-F]{1,8})UL\\).*");

  private final String body;
  private final String place;
  private final FileFindings findings;
  private final Map<String, List<String>> arrays = new HashMap<>();

  /**
   * @param place of the function, for findings
   */
  BufferTable(String body, String place, FileFindings findings) {
    this.body = withoutParameters(body);
    this.place = place;
    this.findings = findings;
  }

  private static String withoutParameters(String body) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    for (int at = body.indexOf(PARAMETERS); at >= 0; at = body.indexOf(PARAMETERS, from)) {
      rest.append(body, from, at);
      int end = body.indexOf("#endif", at);
      from = end < 0 ? body.length() : end;
    }
    return rest.append(body, from, body.length()).toString();
  }

  /** Texts between braces at the depth of the table's entries. */
  private List<String> entries() {
    List<String> entries = new ArrayList<>();
    int at = body.indexOf("\n    {\n");
    while (at >= 0 && entries.size() <= MOST_BUFFERS) {
      int end = body.indexOf("\n    }", at);
      if (end < 0) {
        break;
      }
      entries.add(body.substring(at + 7, end));
      at = body.indexOf("\n    {\n", end);
    }
    return entries;
  }

  List<Buffer> read() {
    Matcher array = ARRAY.matcher(body);
    while (array.find()) {
      String values = array.group(2).strip();
      arrays.put(array.group(1), List.of(values.split("\\s*,\\s*")));
    }
    List<Buffer> buffers = new ArrayList<>();
    for (String entry : entries()) {
      Map<String, String> fields = fields(entry);
      if (fields.getOrDefault("name", "NULL").equals("NULL")) {
        return buffers;
      }
      buffer(fields).ifPresent(buffers::add);
    }
    add("", "does not end within " + MOST_BUFFERS + " buffers", "the table must be whole");
    return buffers;
  }

  private static Map<String, String> fields(String entry) {
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(entry + "\n");
    while (field.find()) {
      fields.put(field.group(1), field.group(2));
    }
    return fields;
  }

  private void add(String buffer, String what, String why) {
    findings.add(
        place + buffer,
        what,
        why,
        "generate it again with stedgeai generate, and leave its files as they are");
  }

  private Optional<Buffer> buffer(Map<String, String> fields) {
    String name = fields.get("name").replaceAll("^\"|\"$", "");
    String at = " " + FileFindings.quote(name);
    if (!"0".equals(fields.get("is_user_allocated"))) {
      findings.add(
          place + at,
          "is left to the application",
          "rows are written, and outputs read, where the compiler has placed them",
          "generate without --no-inputs-allocation and --no-outputs-allocation");
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(fields.getOrDefault("addr_base", ""));
    Optional<Shape> shape = shape(fields);
    Optional<DataType> type = type(fields);
    long start = number(fields.get("offset_start"));
    long end = number(fields.get("offset_end"));
    if (!address.matches() || shape.isEmpty() || type.isEmpty() || start < 0 || end <= start) {
      add(at, "is not described as buffers are", "address, shape and type must be known");
      return Optional.empty();
    }
    long base = Long.parseLong(address.group(1), 16) + start;
    Quantization quantization = quantization(fields);
    Buffer made = new Buffer(name, base, end - start, shape.get(), type.get(), quantization);
    if (base + made.bytes() > 1L << 32 || !fills(made)) {
      add(
          at,
          made.shape() + " of " + made.type() + " lie in " + made.bytes() + " bytes",
          "a tensor takes as many as it has elements");
      return Optional.empty();
    }
    return Optional.of(made);
  }

  private static boolean fills(Buffer buffer) {
    double elements = 1;
    for (int dim : buffer.shape().dims()) {
      elements *= dim;
    }
    return elements * buffer.type().bytes() == buffer.bytes();
  }

  private Optional<Shape> shape(Map<String, String> fields) {
    List<String> texts = arrays.getOrDefault(fields.getOrDefault("mem_shape", ""), List.of());
    List<Integer> dims = new ArrayList<>();
    for (String text : texts) {
      long dim = number(text);
      if (dim < 1 || dim > 1 << 24) {
        return Optional.empty();
      }
      dims.add((int) dim);
    }
    boolean counted = number(fields.get("mem_ndims")) == dims.size();
    return dims.isEmpty() || dims.size() > MOST_DIMENSIONS || !counted
        ? Optional.empty()
        : Optional.of(new Shape(dims));
  }

  private static Optional<DataType> type(Map<String, String> fields) {
    return Optional.ofNullable(
        switch (fields.getOrDefault("type", "")) {
          case "DataType_INT8" -> DataType.INT8;
          case "DataType_UINT8" -> DataType.UINT8;
          case "DataType_INT16" -> DataType.INT16;
          case "DataType_INT32" -> DataType.INT32;
          case "DataType_FLOAT" -> DataType.FLOAT32;
          default -> null;
        });
  }

  /** None where the table has no scale and zero point, or several. */
  private Quantization quantization(Map<String, String> fields) {
    List<String> scales = arrays.getOrDefault(fields.getOrDefault("scale", ""), List.of());
    List<String> zeros = arrays.getOrDefault(fields.getOrDefault("offset", ""), List.of());
    if (scales.size() != 1 || zeros.size() != 1) {
      return Quantization.NONE;
    }
    try {
      float scale = (float) Double.parseDouble(scales.get(0));
      return new Quantization.PerTensor(scale, Integer.parseInt(zeros.get(0)));
    } catch (NumberFormatException e) {
      return Quantization.NONE;
    }
  }

  /** -1 where it is none, or absurd. */
  private static long number(String text) {
    return text != null && text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
  }
}
