package org.fovea.generator.tflite;

import java.nio.ByteBuffer;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.Window;

/** Windows and paddings of the file, resolved to rows and columns. */
final class Paddings {
  /** Keeps every product of two of them inside an int. */
  private static final int MAX = 32_767;

  private Paddings() {}

  static Window window(
      int height, int width, int strideY, int strideX, int dilationY, int dilationX)
      throws UnsupportedForm {
    return new Window(
        inRange("window height", height),
        inRange("window width", width),
        inRange("vertical stride", strideY),
        inRange("horizontal stride", strideX),
        inRange("vertical dilation", dilationY),
        inRange("horizontal dilation", dilationX));
  }

  static Padding resolve(byte code, Shape in, Window window) throws UnsupportedForm {
    return switch (code) {
      case org.tensorflow.lite.schema.Padding.SAME -> Padding.same(in.height(), in.width(), window);
      case org.tensorflow.lite.schema.Padding.VALID -> Padding.VALID;
      default -> throw new UnsupportedForm("it has padding number " + code);
    };
  }

  /** Of a PAD operator, whose second input lists before and after for each of four axes. */
  static Padding ofPad(Operands x) throws UnsupportedForm {
    x.image(x.runtime(0));
    int[] pairs = eightNumbers(x.constant(1));
    if (pairs[0] != 0 || pairs[1] != 0 || pairs[6] != 0 || pairs[7] != 0) {
      throw new UnsupportedForm("it pads batch or channels, not only rows and columns");
    }
    for (int i = 2; i < 6; i++) {
      if (pairs[i] < 0 || pairs[i] > MAX) {
        throw new UnsupportedForm("it pads by " + pairs[i]);
      }
    }
    return new Padding(pairs[2], pairs[3], pairs[4], pairs[5]);
  }

  private static int[] eightNumbers(Tensor tensor) throws UnsupportedForm {
    ConstData data = tensor.data().orElseThrow();
    boolean wide = tensor.type() == DataType.INT64;
    if (!(wide || tensor.type() == DataType.INT32) || data.size() != 8 * tensor.type().bytes()) {
      throw new UnsupportedForm("its paddings are not 4 pairs of integers");
    }
    ByteBuffer view = data.view();
    int[] numbers = new int[8];
    for (int i = 0; i < 8; i++) {
      long number = wide ? view.getLong() : view.getInt();
      numbers[i] = (int) Math.max(-1, Math.min(MAX + 1L, number));
    }
    return numbers;
  }

  private static int inRange(String what, int value) throws UnsupportedForm {
    if (value < 1 || value > MAX) {
      throw new UnsupportedForm("its " + what + " is " + value);
    }
    return value;
  }
}
