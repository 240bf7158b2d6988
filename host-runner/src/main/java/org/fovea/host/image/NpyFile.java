package org.fovea.host.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.frame.Bytes;

/**
 * NumPy's .npy, versions 1 to 3.
 *
 * @param type as NumPy spells it, such as {@code |i1} or {@code <f4}
 * @param data what comes behind the header, of any length
 */
record NpyFile(String type, boolean fortranOrder, List<Integer> shape, Bytes data) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 4_096;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,10})', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\),? ?\\}");

  /** No more digits than an int surely holds. */
  private static final Pattern DIMENSION = Pattern.compile("[0-9]{1,9}");

  static boolean isOne(byte[] bytes) {
    return bytes.length >= 12 && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * @param rejected makes the fault of what is wrong
   */
  static NpyFile parse(byte[] bytes, Function<String, ImageRejected> rejected) {
    int start = dataStart(bytes, rejected);
    String text = new String(bytes, 0, start, StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(text);
    if (!header.find()) {
      throw rejected.apply("has no header that Fovea knows");
    }
    List<String> dimensions =
        Stream.of(header.group(3).split(",")).map(String::strip).filter(d -> !d.isEmpty()).toList();
    if (!dimensions.stream().allMatch(d -> DIMENSION.matcher(d).matches())) {
      throw rejected.apply("has the shape (" + header.group(3) + ")");
    }
    return new NpyFile(
        header.group(1),
        header.group(2).equals("True"),
        dimensions.stream().map(Integer::valueOf).toList(),
        Bytes.of(Arrays.copyOfRange(bytes, start, bytes.length)));
  }

  private static int dataStart(byte[] bytes, Function<String, ImageRejected> rejected) {
    if (!isOne(bytes)) {
      throw rejected.apply("is no .npy file");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean shortLength = bytes[6] == 1;
    long length = shortLength ? in.getShort(8) & 0xFFFF : in.getInt(8) & 0xFFFF_FFFFL;
    long start = (shortLength ? 10 : 12) + length;
    if (length > MAX_HEADER || start > bytes.length) {
      throw rejected.apply("is cut off in its header");
    }
    return (int) start;
  }
}
