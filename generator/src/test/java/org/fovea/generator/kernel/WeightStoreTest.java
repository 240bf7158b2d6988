package org.fovea.generator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.fovea.generator.ir.ConstData;
import org.junit.jupiter.api.Test;

/** Weights that are stored without their zeros, read back as fv_sparse.h says. */
class WeightStoreTest {

  @Test
  void whatIsStoredIsWhatWasPacked() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      int units = 2 * (1 + random.nextInt(40));
      ConstData packed = packed(16 * units * (1 + random.nextInt(5)), random);
      WeightStore store = Sparsity.of(packed, packed.size()).store(16, units);
      ConstData stored = store.store(packed);
      if (store.isSparse()) {
        assertThat(unpacked(stored, store.run(), packed.size())).isEqualTo(packed);
        assertThat(stored.size()).isLessThanOrEqualTo((int) store.bytes() + 4);
        assertThat(stored.size()).isLessThan(packed.size() * 9 / 10);
        assertThat(16 * units % store.run()).isZero();
        assertThat(store.run() % 32).isZero();
      } else {
        assertThat(stored).isSameAs(packed);
      }
    }
  }

  @Test
  void sixtyPercentZerosTakeLittleMoreThanHalf() {
    byte[] weights = new byte[36 * 512 * 128];
    Random random = new Random(6);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (byte) (random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(127));
    }
    ConstData packed = ConstData.of(weights);
    WeightStore store = Sparsity.of(packed, packed.size()).store(36, 512, 256, 32);
    assertThat(store.run()).isEqualTo(1152);
    assertThat(store.store(packed).size()).isBetween(packed.size() / 2, packed.size() * 54 / 100);
  }

  @Test
  void denseStaysDense() {
    Random random = new Random(7);
    byte[] weights = new byte[36 * 64];
    random.nextBytes(weights);
    ConstData packed = ConstData.of(weights);
    assertThat(Sparsity.of(packed, packed.size()).store(36, 64).isSparse()).isFalse();
    // 27 weights of a filter are seven units, 112 bytes: no whole words of a map.
    ConstData zeros = ConstData.of(new byte[112 * 4]);
    assertThat(Sparsity.of(zeros, zeros.size()).store(16, 7).isSparse()).isFalse();
    assertThat(Sparsity.of(zeros, zeros.size()).store(16, 14).isSparse()).isTrue();
  }

  private static ConstData packed(int bytes, Random random) {
    byte[] packed = new byte[bytes];
    int zeros = random.nextInt(11);
    for (int i = 0; i < bytes; i++) {
      packed[i] = (byte) (random.nextInt(10) < zeros ? 0 : random.nextInt(256));
    }
    return ConstData.of(packed);
  }

  private static ConstData unpacked(ConstData stored, int run, int bytes) {
    ByteBuffer in = stored.view();
    byte[] packed = new byte[bytes];
    for (int first = 0; first < bytes; first += run) {
      int map = in.getInt(first / run * 4);
      int value = map + run / 8;
      for (int i = 0; i < run; i++) {
        boolean set = (in.getInt(map + i / 32 * 4) >>> (31 - i % 32) & 1) != 0;
        packed[first + i] = set ? in.get(value++) : 0;
      }
    }
    return ConstData.of(packed);
  }
}
