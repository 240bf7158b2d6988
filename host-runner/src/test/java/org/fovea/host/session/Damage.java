package org.fovea.host.session;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Damages the bytes of one direction of a line. */
final class Damage implements UnaryOperator<byte[]> {
  private interface Effect {
    void pass(int index, byte value, ByteArrayOutputStream out);
  }

  private final Effect effect;
  private int index;

  private Damage(Effect effect) {
    this.effect = effect;
  }

  static Damage drop(int n) {
    return at(n, (value, out) -> {});
  }

  static Damage flip(int n) {
    return at(n, (value, out) -> out.write(value ^ (1 << (n % 8))));
  }

  static Damage zero(int n) {
    return at(n, (value, out) -> out.write(value == 0 ? 1 : 0));
  }

  static Damage twice(int n) {
    return at(
        n,
        (value, out) -> {
          out.write(value);
          out.write(value);
        });
  }

  static Damage cut(int n) {
    return new Damage(
        (i, value, out) -> {
          if (i < n) {
            out.write(value);
          }
        });
  }

  static Damage noise(long seed, double rate) {
    Random random = new Random(seed);
    return new Damage(
        (i, value, out) -> {
          double dice = random.nextDouble() / rate;
          if (dice >= 0.3) {
            out.write(dice < 0.6 ? random.nextInt(256) : value);
          }
          if (dice < 1 && dice > 0.8) {
            out.write(value);
          }
        });
  }

  /** Bytes that came by. */
  int seen() {
    return index;
  }

  @Override
  public byte[] apply(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte value : bytes) {
      effect.pass(index++, value, out);
    }
    return out.toByteArray();
  }

  private interface ByteEffect {
    void pass(byte value, ByteArrayOutputStream out);
  }

  private static Damage at(int n, ByteEffect effect) {
    return new Damage(
        (i, value, out) -> {
          if (i == n) {
            effect.pass(value, out);
          } else {
            out.write(value);
          }
        });
  }
}
