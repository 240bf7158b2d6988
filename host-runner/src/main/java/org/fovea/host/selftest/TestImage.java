package org.fovea.host.selftest;

import java.util.Locale;
import java.util.Random;
import org.fovea.host.manifest.Input;

/** Images made of numbers, the same on every machine: no photo is needed. */
public enum TestImage {
  /** Each byte at random: no neighbour looks like the next. */
  NOISE {
    @Override
    public byte[] tensor(Input input) {
      byte[] tensor = new byte[input.bytes()];
      new Random(SEED).nextBytes(tensor);
      return tensor;
    }
  },
  /** Slopes in both directions, another one a channel: smooth, every value appears. */
  SLOPES {
    @Override
    public byte[] tensor(Input input) {
      return filled(input, (x, y, c) -> (x * (c + 1) + y * 2) * 255 / (2 * input.width()));
    }
  },
  /** Squares of the least and the greatest value: sums saturate. */
  SQUARES {
    @Override
    public byte[] tensor(Input input) {
      return filled(input, (x, y, c) -> ((x >> 3) + (y >> 3) + c) % 2 == 0 ? 0x7f : 0x80);
    }
  };

  private static final long SEED = 20_250_101;

  private interface Value {
    int at(int x, int y, int channel);
  }

  /** The image as it is sent to a board: {@code Input.bytes()} bytes. */
  public abstract byte[] tensor(Input input);

  /** As a person reads it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static byte[] filled(Input input, Value value) {
    byte[] tensor = new byte[input.bytes()];
    int channels = input.pixelBytes();
    for (int i = 0; i < tensor.length; i++) {
      int pixel = i / channels;
      tensor[i] = (byte) value.at(pixel % input.width(), pixel / input.width(), i % channels);
    }
    return tensor;
  }
}
