package org.fovea.generator.emit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Literals of C, the same on every machine.
 *
 * <p>Weights are string literals of octal escapes: gcc 12 compiles 4.5 MiB of them in 0.5 s and 112
 * MiB, against 8.8 s and 500 MiB for a list of numbers (measured: docs/DESIGN.md has the command).
 * Every escape is followed by another or by the closing quote, so it needs no fixed width; three
 * digits keep the columns straight.
 */
final class CLiteral {
  private static final int BYTES_PER_LINE = 24;
  private static final int NUMBERS_PER_LINE = 8;
  private static final int REALS_PER_LINE = 8;

  private CLiteral() {}

  /** Lines of a string literal that initialises an int8_t array of exactly these bytes. */
  static String octets(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    StringBuilder out = new StringBuilder(in.remaining() * 4 + in.remaining() / 4 + 16);
    while (in.hasRemaining()) {
      out.append("  \"");
      for (int i = 0; i < BYTES_PER_LINE && in.hasRemaining(); i++) {
        int b = in.get() & 0xff;
        out.append('\\')
            .append((char) ('0' + (b >> 6)))
            .append((char) ('0' + (b >> 3 & 7)))
            .append((char) ('0' + (b & 7)));
      }
      out.append(in.hasRemaining() ? "\"\n" : "\"");
    }
    return out.toString();
  }

  /** Lines of decimal numbers, for arrays that people read. */
  static String numbers(List<Integer> values) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.size(); i += NUMBERS_PER_LINE) {
      List<Integer> line = values.subList(i, Math.min(values.size(), i + NUMBERS_PER_LINE));
      out.append(i == 0 ? "  " : "\n  ");
      out.append(line.stream().map(CLiteral::int32).collect(Collectors.joining(", ")));
      out.append(',');
    }
    return out.toString();
  }

  /** An int32 constant; the most negative one has no literal of its own in C. */
  static String int32(int value) {
    return value == Integer.MIN_VALUE ? "INT32_MIN" : Integer.toString(value);
  }

  /** A float from 0 to infinity, exactly: in hexadecimal, which is the same on every JDK. */
  static String real(float value) {
    return Float.isInfinite(value) ? "__builtin_inff()" : Float.toHexString(value) + "f";
  }

  /** Lines of floats. */
  static String reals(float[] values) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      out.append(i % REALS_PER_LINE == 0 ? (i == 0 ? "  " : ",\n  ") : ", ")
          .append(real(values[i]));
    }
    return out.append(',').toString();
  }

  /** Bytes of a hash as an initialiser list. */
  static String hexBytes(String hex) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < hex.length(); i += 2) {
      out.append(i == 0 ? "0x" : ", 0x").append(hex, i, i + 2);
    }
    return out.append('}').toString();
  }
}
