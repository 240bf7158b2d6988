package org.fovea.generator.tflite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;

/**
 * Bytes that may still be copied out of a file. Flatbuffer offsets may point many times at the same
 * bytes, so a small hostile file can unfold into a huge one; an honest one never exceeds its size
 * by much.
 */
final class Budget {
  private static final String DAMAGED =
      "the file is damaged or was not written by a TFLite converter";
  private static final String EXPORT_AGAIN = "export or download the model again";

  private long bytesLeft;

  Budget(long fileBytes) {
    this.bytesLeft = 2 * fileBytes + 65_536;
  }

  /** Takes {@code count} elements, or rejects the file. Call before allocating. */
  int take(String where, int count, int elementBytes) {
    bytesLeft -= (long) count * elementBytes;
    if (count < 0 || bytesLeft < 0) {
      throw damaged(where, "says that it has " + count + " elements");
    }
    return count;
  }

  String text(String where, Supplier<ByteBuffer> vector) {
    return StandardCharsets.UTF_8.decode(bytes(where, vector)).toString();
  }

  /** The bytes of a vector of bytes; {@code vector} may give null: none. */
  ByteBuffer bytes(String where, Supplier<ByteBuffer> vector) {
    try {
      ByteBuffer bytes = vector.get();
      if (bytes == null) {
        return ByteBuffer.allocate(0);
      }
      take(where, bytes.remaining(), 1);
      return bytes;
    } catch (IllegalArgumentException outOfTheFile) {
      throw damaged(where, "reaches beyond the file");
    }
  }

  static ModelRejected damaged(String where, String what) {
    return new ModelRejected(List.of(new Finding(where, what, DAMAGED, EXPORT_AGAIN)));
  }
}
