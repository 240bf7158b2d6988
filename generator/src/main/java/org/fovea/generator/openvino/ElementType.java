package org.fovea.generator.openvino;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** How a number lies in the .bin file, little endian. */
enum ElementType {
  F32(4),
  F16(2),
  BF16(2),
  F64(8),
  I8(1),
  U8(1),
  I16(2),
  U16(2),
  I32(4),
  U32(4),
  I64(8),
  U64(8),
  BOOLEAN(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  static Optional<ElementType> of(String word) {
    for (ElementType type : values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The next number, as near as a float is. */
  float next(ByteBuffer in) {
    return switch (this) {
      case F32 -> in.getFloat();
      case F16 -> half(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case F64 -> (float) in.getDouble();
      case I8 -> in.get();
      case U8, BOOLEAN -> in.get() & 0xFF;
      case I16 -> in.getShort();
      case U16 -> in.getShort() & 0xFFFF;
      case I32 -> in.getInt();
      case U32 -> in.getInt() & 0xFFFFFFFFL;
      case I64, U64 -> in.getLong();
    };
  }

  /** IEEE 754 binary16, exactly. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
