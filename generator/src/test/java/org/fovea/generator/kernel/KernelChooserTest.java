package org.fovea.generator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Core;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.junit.jupiter.api.Test;

class KernelChooserTest {
  private static final long SCRATCH = 40 * 1024;
  private static final Padding ONE = new Padding(1, 1, 1, 1);

  /** A convolution of 3 x 3 on 14 x 14 pixels. */
  private record Case(
      int in, int out, int weight, int shift, Optional<ConstData> table, int poolSize, int stride) {
    static Case of(int in, int out) {
      return new Case(in, out, 3, -8, Optional.empty(), 1, 1);
    }

    Layer layer() {
      byte[] weights = new byte[out * 9 * in];
      Arrays.fill(weights, (byte) weight);
      int width = 14 / poolSize;
      Window pool = Window.of(poolSize, poolSize);
      Kernel kernel =
          new Kernel.Conv(
              new Kernel.ConvBody(
                  ConstData.of(weights),
                  ConstData.ofInt32(new int[out]),
                  new Kernel.Requantisation(
                      Collections.nCopies(out, 1 << 30), Collections.nCopies(out, shift)),
                  table,
                  14,
                  in,
                  14,
                  14,
                  out,
                  Window.of(3, stride),
                  ONE,
                  -7,
                  3,
                  Kernel.Clamp.INT8,
                  new Kernel.FusedPool(pool, Padding.VALID, width)));
      return new Layer(
          0,
          "conv",
          List.of(),
          List.of(new TensorId(0)),
          new TensorId(1),
          Shape.of(1, width, width, out),
          kernel,
          1);
    }

    KernelChoice choose(long scratch) {
      return KernelChooser.choose(layer(), KernelSet.ARMV7EM, scratch);
    }
  }

  @Test
  void winogradForStrideOneMatricesForTheRest() {
    assertThat(Case.of(16, 8).choose(SCRATCH).function()).isEqualTo("fv_conv2d_winograd_s8");
    assertThat(Case.of(3, 8).choose(SCRATCH).function()).isEqualTo("fv_conv2d_gemm_s8");
    assertThat(new Case(16, 8, 3, -8, Optional.empty(), 1, 2).choose(SCRATCH).function())
        .isEqualTo("fv_conv2d_gemm_s8");
    assertThat(KernelChooser.choose(Case.of(16, 8).layer()).variant()).isEqualTo("portable");
  }

  @Test
  void plainCWhereTheFastKernelsWouldNotBeExact() {
    Case left = new Case(16, 8, 3, 0, Optional.empty(), 1, 1);
    assertThat(left.choose(SCRATCH).reason()).contains("shift");
    byte[] falling = new byte[256];
    falling[0] = 1;
    Case unsorted = new Case(16, 8, 3, -8, Optional.of(ConstData.of(falling)), 2, 1);
    assertThat(unsorted.choose(SCRATCH).reason()).contains("table falls");
    Case unpooled = new Case(16, 8, 3, -8, Optional.of(ConstData.of(falling)), 1, 1);
    assertThat(unpooled.choose(SCRATCH).variant()).isEqualTo("armv7em");
    Case large = new Case(8000, 1, 127, -8, Optional.empty(), 1, 1);
    assertThat(large.choose(Long.MAX_VALUE / 8).reason()).contains("2^30");
  }

  @Test
  void scratchKeepsToItsBound() {
    for (long bytes : new long[] {0, 500, 4096, 12_000, 60_000}) {
      for (int channels : new int[] {3, 4, 24, 200}) {
        assertThat(Case.of(channels, 40).choose(bytes).scratchBytes()).isLessThanOrEqualTo(bytes);
      }
    }
    assertThat(Case.of(16, 8).choose(500).reason()).contains("little scratch");
  }

  @Test
  void sumsAreHalvedBeforeTheyOutgrowTheirBits() {
    assertThat(new Case(256, 3, 100, -12, Optional.empty(), 1, 1).choose(SCRATCH).blocks())
        .extracting(Blocks::sumChannels)
        .isEqualTo(256);
    assertThat(new Case(512, 3, 100, -12, Optional.empty(), 1, 1).choose(SCRATCH).blocks())
        .extracting(Blocks::sumChannels)
        .isEqualTo(256);
  }

  @Test
  void biasTakesTheZeroPointAlong() {
    KernelChoice choice = Case.of(16, 2).choose(SCRATCH);
    assertThat(choice.constants().orElseThrow().bias().toInt32())
        .containsExactly(7 * 3 * 144, 7 * 3 * 144);
  }

  @Test
  void vectorsReadWindowsInPlaceWhereSixteenDividesTheChannels() {
    KernelChoice inPlace = KernelChooser.choose(Case.of(32, 8).layer(), KernelSet.HELIUM, SCRATCH);
    assertThat(inPlace.function()).isEqualTo("fv_conv2d_mve_s8");
    assertThat(inPlace.reason()).contains("in place");
    KernelChoice gathered = KernelChooser.choose(Case.of(3, 8).layer(), KernelSet.HELIUM, SCRATCH);
    assertThat(gathered.reason()).contains("gathered");
    Case left = new Case(16, 8, 3, 0, Optional.empty(), 1, 1);
    assertThat(KernelChooser.choose(left.layer(), KernelSet.HELIUM, SCRATCH).reason())
        .contains("shift");
  }

  @Test
  void vectorsLeaveOutTapsBesideTheImage() {
    KernelChoice choice = KernelChooser.choose(Case.of(16, 2).layer(), KernelSet.HELIUM, SCRATCH);
    int[] bias = choice.constants().orElseThrow().bias().toInt32();
    assertThat(bias).hasSize(9 * 3);
    assertThat(List.of(bias[0], bias[1], bias[2])).containsExactly(7 * 3 * 144, 7 * 3 * 144, 0);
    int corner = 4 * 3;
    assertThat(bias[corner]).isEqualTo(7 * 3 * 4 * 16);
  }

  @Test
  void vectorsKeepToTheirScratch() {
    for (long bytes : new long[] {0, 500, 4096, 12_000, 60_000}) {
      for (int channels : new int[] {3, 16, 24, 208}) {
        KernelChoice choice =
            KernelChooser.choose(Case.of(channels, 40).layer(), KernelSet.HELIUM, bytes);
        assertThat(choice.scratchBytes()).isLessThanOrEqualTo(bytes);
      }
    }
  }

  void neonTakesWhatItsEstimatePrefers() {
    assertThat(neon(Case.of(16, 8)).function()).isEqualTo("fv_conv2d_winograd_neon_s8");
    assertThat(neon(Case.of(3, 8)).function()).isEqualTo("fv_conv2d_neon_s8");
    assertThat(neon(new Case(16, 8, 3, -8, Optional.empty(), 1, 2)).function())
        .isEqualTo("fv_conv2d_neon_s8");
    assertThat(neon(new Case(16, 8, 3, 2, Optional.empty(), 1, 1)).variant()).isEqualTo("neon");
  }

  @Test
  void neonAddsNoTwoProductsThatNeed17Bits() {
    assertThat(neon(new Case(3, 8, -127, -8, Optional.empty(), 1, 1)).variant()).isEqualTo("neon");
    assertThat(neon(new Case(3, 8, -128, -8, Optional.empty(), 1, 1)).reason()).contains("-128");
    assertThat(neon(new Case(16, 8, -128, -8, Optional.empty(), 1, 1)).function())
        .isEqualTo("fv_conv2d_winograd_neon_s8");
  }

  @Test
  void neonScratchKeepsToItsBound() {
    for (long bytes : new long[] {0, 4096, 12_000, 60_000, 500_000}) {
      for (int channels : new int[] {3, 8, 24, 200}) {
        Layer layer = Case.of(channels, 40).layer();
        assertThat(KernelChooser.choose(layer, KernelSet.NEON, bytes).scratchBytes())
            .isLessThanOrEqualTo(bytes);
      }
    }
  }

  @Test
  void coresHaveTheirKernels() {
    assertThat(KernelSet.of(Core.CORTEX_M7)).isEqualTo(KernelSet.ARMV7EM);
    assertThat(KernelSet.of(Core.CORTEX_A7)).isEqualTo(KernelSet.NEON);
    assertThat(KernelSet.of(Core.CORTEX_A35)).isEqualTo(KernelSet.NEON);
  }

  private static KernelChoice neon(Case of) {
    return KernelChooser.choose(of.layer(), KernelSet.NEON, 512 * 1024);
  }
}
