package org.fovea.generator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScratchDeclarationsTest {
  private static final Map<String, Long> VALUES =
      Map.of(
          "pool_height", 2L,
          "conv_width", 13L,
          "channels", 32L,
          "in_channels", 3L,
          "kernel_height", 3L,
          "kernel_width", 3L);

  @Test
  void readsTheHeaderThatTheCodeIncludes() {
    ScratchDeclarations declarations = ScratchDeclarations.load();
    assertThat(declarations.bytes("fv_conv2d_s8", "portable", VALUES)).isEqualTo(2 * 13 * 32);
    assertThat(declarations.arguments("fv_conv2d_s8", "portable", VALUES))
        .isEqualTo("2, 13, 32, 3, 3, 3");
    assertThat(declarations.bytes("fv_add_s8", "portable", VALUES)).isZero();
  }

  @Test
  void evaluatesAsCDoes() {
    ScratchDeclarations d =
        ScratchDeclarations.parse(
            "#define FV_X_SCRATCH_Y(a, b) \\\n  (((a) + 7) / 8 * 8 - (b) * 2 - 1)\n");
    assertThat(d.bytes("fv_x", "y", Map.of("a", 17L, "b", 3L))).isEqualTo(24 - 6 - 1);
  }

  @Test
  void refusesWhatItCannotEvaluate() {
    assertThatThrownBy(() -> Expression.parse("a ? b : c"))
        .isInstanceOf(IllegalArgumentException.class);
    for (String bad : new String[] {"(1", "1 +", "nobody", "1 2", ""}) {
      Expression expression = Expression.parse(bad);
      assertThatThrownBy(() -> expression.evaluate(Map.of()))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
