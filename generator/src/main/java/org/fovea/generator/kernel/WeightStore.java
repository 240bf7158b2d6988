package org.fovea.generator.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.fovea.generator.ir.ConstData;

/**
 * How packed weights lie in memory: all of them, or only those that are not zero, with a bit for
 * each ({@code fv_sparse.h}).
 *
 * @param run packed bytes of a run of sparse weights, 0 where they are dense
 * @param bytes in memory, more or less
 * @param unpacking cycles of a pass over them
 */
record WeightStore(int run, long bytes, long unpacking) {
  /** Weights that a word of a map stands for. */
  static final int MAP_BITS = 32;

  boolean isSparse() {
    return run > 0;
  }

  /** Of all weights, once. */
  long pass() {
    return KernelWork.PER_WEIGHT_BYTE * bytes + unpacking;
  }

  /** As C dimensions, or in words. */
  String layout(String packed) {
    return isSparse()
        ? String.format(Locale.ROOT, "that are not 0, in runs of %d bytes, of %s", run, packed)
        : packed;
  }

  /** What lies in memory. */
  ConstData store(ConstData packed) {
    if (!isSparse()) {
      return packed;
    }
    int runs = packed.size() / run;
    int most = runs * (Integer.BYTES + run / 8) + packed.size();
    ByteBuffer out = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    out.position(runs * Integer.BYTES);
    for (int i = 0; i < runs; i++) {
      out.putInt(i * Integer.BYTES, out.position());
      put(packed, i * run, out);
    }
    return ConstData.of(out.flip());
  }

  private void put(ConstData packed, int first, ByteBuffer out) {
    int values = out.position() + run / 8;
    for (int at = 0; at < run; at += MAP_BITS) {
      int map = 0;
      for (int i = 0; i < MAP_BITS; i++) {
        byte value = packed.byteAt(first + at + i);
        if (value != 0) {
          map |= 1 << (MAP_BITS - 1 - i);
          out.put(values++, value);
        }
      }
      out.putInt(map);
    }
    out.position((values + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES);
  }
}
