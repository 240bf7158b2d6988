package org.fovea.host.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.manifest.Input;

/**
 * Reads NumPy's .npy, versions 1 to 3: a tensor of exactly the input's type and shape; of a
 * camera's format, uint8 with a pixel's bytes as the last axis.
 */
final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 4_096;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,10})', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\),? ?\\}");

  private NpyReader() {}

  static byte[] read(Path file, Input input) {
    byte[] bytes = BoundedFile.read(file);
    int start = dataStart(bytes, file);
    String text = new String(bytes, 0, start, StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(text);
    if (!header.find()) {
      throw rejected(file, "has no header that Fovea knows");
    }
    boolean signed = input.type() == Input.ByteType.INT8 && !input.isCamera();
    String type = signed ? "|i1" : "|u1";
    if (!header.group(1).equals(type) || header.group(2).equals("True")) {
      throw rejected(
          file, "holds " + header.group(1) + " and the model takes " + type + " in C order");
    }
    List<Integer> wanted = List.of(1, input.height(), input.width(), input.pixelBytes());
    String shape = header.group(3).replace(" ", "").replaceAll(",$", "");
    String batch = wanted.toString().replaceAll("[\\[\\] ]", "");
    if (!shape.equals(batch) && !shape.equals(batch.substring(2))) {
      throw rejected(file, "has the shape (" + shape + ") and the model takes (" + batch + ")");
    }
    if (bytes.length - start != input.bytes()) {
      throw rejected(
          file, "holds " + (bytes.length - start) + " bytes of data, not " + input.bytes());
    }
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static int dataStart(byte[] bytes, Path file) {
    if (bytes.length < 12 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw rejected(file, "is no .npy file");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean shortLength = bytes[6] == 1;
    long length = shortLength ? in.getShort(8) & 0xFFFF : in.getInt(8) & 0xFFFF_FFFFL;
    long start = (shortLength ? 10 : 12) + length;
    if (length > MAX_HEADER || start > bytes.length) {
      throw rejected(file, "is cut off in its header");
    }
    return (int) start;
  }

  private static ImageRejected rejected(Path file, String what) {
    return new ImageRejected(
        file.toString(),
        what,
        "A raw tensor goes to the network as it is, byte by byte",
        "Save it with numpy.save as a C-ordered array of the model's input type and shape");
  }
}
