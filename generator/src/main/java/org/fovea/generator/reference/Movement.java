package org.fovea.generator.reference;

import java.util.Arrays;
import java.util.List;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;

/** Operators that move int8 values without changing them. */
final class Movement {
  private Movement() {}

  static byte[] pad(byte[] in, Shape shape, Padding padding, byte zero) {
    int rowBytes = shape.width() * shape.channels();
    int left = padding.left() * shape.channels();
    int outRowBytes = left + rowBytes + padding.right() * shape.channels();
    byte[] out = new byte[(shape.height() + padding.top() + padding.bottom()) * outRowBytes];
    Arrays.fill(out, zero);
    for (int y = 0; y < shape.height(); y++) {
      int to = (y + padding.top()) * outRowBytes + left;
      System.arraycopy(in, y * rowBytes, out, to, rowBytes);
    }
    return out;
  }

  /** {@code blocks[i]}: channels of input i, whose bytes are a sequence of such blocks. */
  static byte[] concatInnermost(byte[][] inputs, int[] blocks) {
    int outBlock = Arrays.stream(blocks).sum();
    int pixels = inputs[0].length / blocks[0];
    byte[] out = new byte[pixels * outBlock];
    int first = 0;
    for (int i = 0; i < inputs.length; i++) {
      for (int p = 0; p < pixels; p++) {
        System.arraycopy(inputs[i], p * blocks[i], out, p * outBlock + first, blocks[i]);
      }
      first += blocks[i];
    }
    return out;
  }

  /** Of each pixel of {@code channels} those that {@code indices} name. */
  static byte[] gatherInnermost(byte[] in, int channels, List<Integer> indices) {
    int[] from = indices.stream().mapToInt(Integer::intValue).toArray();
    byte[] out = new byte[in.length / channels * from.length];
    int to = 0;
    for (int pixel = 0; pixel < in.length; pixel += channels) {
      for (int channel : from) {
        out[to++] = in[pixel + channel];
      }
    }
    return out;
  }

  static byte[] resize(byte[] in, Shape shape, int[] rows, int[] columns) {
    int channels = shape.channels();
    byte[] out = new byte[rows.length * columns.length * channels];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        int from = (row * shape.width() + column) * channels;
        System.arraycopy(in, from, out, to, channels);
        to += channels;
      }
    }
    return out;
  }
}
