package org.fovea.host.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.frame.Bytes;

/**
 * A tensor that somebody saved: NumPy's .npy, or bytes alone, of which neither type nor shape is
 * known.
 *
 * @param shape empty where unknown, and of one number
 */
public record TensorFile(Path path, Type type, List<Integer> shape, Bytes data) {

  /** What its numbers are; little-endian. */
  public enum Type {
    INT8(1),
    UINT8(1),
    FLOAT32(4),
    FLOAT64(8),
    /** Bytes that the reader has to know the meaning of. */
    UNKNOWN(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * @throws ImageRejected when it cannot be read or holds numbers of another kind
   */
  public static TensorFile read(Path file) {
    byte[] bytes = BoundedFile.read(file);
    if (!NpyFile.isOne(bytes)) {
      return new TensorFile(file, Type.UNKNOWN, List.of(), Bytes.of(bytes));
    }
    NpyFile npy = NpyFile.parse(bytes, what -> rejected(file, what));
    Type type =
        switch (npy.type()) {
          case "|i1" -> Type.INT8;
          case "|u1" -> Type.UINT8;
          case "<f4" -> Type.FLOAT32;
          case "<f8" -> Type.FLOAT64;
          default -> throw rejected(file, "holds " + npy.type());
        };
    if (npy.fortranOrder()) {
      throw rejected(file, "is in Fortran order");
    }
    double elements = npy.shape().stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
    if (elements < 1 || elements * type.bytes != npy.data().length()) {
      throw rejected(
          file, "holds " + npy.data().length() + " bytes, and its shape is " + npy.shape());
    }
    return new TensorFile(file, type, npy.shape(), npy.data());
  }

  private static ImageRejected rejected(Path file, String what) {
    return new ImageRejected(
        file.toString(),
        what,
        "Output tensors are arrays of float32, float64, int8 or uint8",
        "Save it with numpy.save, as a C-ordered array of one of these types");
  }

  /** The numbers as they are stored: integers of eight bits, or real ones. */
  public float[] numbers(Type as) {
    ByteBuffer in = ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[data.length() / as.bytes];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (as) {
            case INT8, UNKNOWN -> in.get();
            case UINT8 -> in.get() & 0xFF;
            case FLOAT32 -> in.getFloat();
            case FLOAT64 -> (float) in.getDouble();
          };
    }
    return numbers;
  }
}
