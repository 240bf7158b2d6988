package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Path SIGNS = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");

  @Test
  void computingAndReadingStandApart() throws Exception {
    JsonNode estimate = json(SIGNS, "nucleo-h743zi2");
    JsonNode total = estimate.get("total");
    double compute = 0;
    double weights = 0;
    for (JsonNode layer : estimate.get("layers")) {
      compute += layer.get("compute_ms").doubleValue();
      weights += layer.get("weights_ms").doubleValue();
      assertThat(layer.get("region").textValue()).isEqualTo("flash");
      assertThat(layer.get("weight_bytes_read").longValue()).isPositive();
    }
    double computed = total.get("compute_ms").doubleValue();
    assertThat(compute).isGreaterThan(0.9 * computed).isLessThan(computed);
    assertThat(total.get("weights_ms").doubleValue()).isBetween(weights - 0.1, weights + 0.1);
    double ms = total.get("ms").doubleValue();
    assertThat(ms).isBetween(computed + weights - 0.1, computed + weights + 0.1);
    assertThat(total.get("least_ms").doubleValue()).isLessThan(ms * 1.1);
    assertThat(total.get("most_ms").doubleValue()).isBetween(1.24 * ms, 1.26 * ms);
    assertThat(estimate.get("basis").textValue()).startsWith("Estimated by Fovea's cost model");
    assertThat(estimate.get("published").isNull()).isTrue();
  }

  @Test
  void theTableSaysThatItIsAnEstimate() {
    Cli cli = Cli.run("estimate", SIGNS, "--board", "nucleo-h743zi2").succeeds();
    assertThat(cli.out())
        .contains(
            "Estimated by Fovea's cost model",
            "fv_conv2d_winograd_s8",
            "llvm-mca's schedule",
            " ms: ")
        .doesNotContain("published");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void emulatedMemoriesHaveNoSpeed() throws Exception {
    JsonNode estimate = json(SIGNS, Cli.BOARD);
    assertThat(estimate.get("total").get("weights_ms").isNull()).isTrue();
    assertThat(estimate.get("layers").get(0).get("weights_ms").isNull()).isTrue();
    assertThat(Cli.run("estimate", SIGNS, "--board", Cli.BOARD).succeeds().out())
        .contains("not known");
  }

  @Test
  void whatIsPublishedStandsBesideIt() throws Exception {
    Path model = Cli.largeModel("st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8.tflite");
    JsonNode published = json(model, "stm32h747i-disco").get("published");
    assertThat(published.get("ms").doubleValue()).isEqualTo(244.7);
    assertThat(Cli.run("estimate", model, "--board", "stm32h747i-disco").succeeds().out())
        .contains("244.7 ms, measured by its maker with X-CUBE-AI");
  }

  @Test
  void twoCoresShareTheWork() throws Exception {
    JsonNode two = json(SIGNS, "stm32mp157f-dk2");
    JsonNode one = json(SIGNS, "stm32mp135f-dk");
    assertThat(two.get("cores").intValue()).isEqualTo(2);
    assertThat(one.get("cores").intValue()).isEqualTo(1);
    double instructions = one.get("total").get("instructions").doubleValue();
    assertThat(two.get("total").get("instructions").doubleValue())
        .isBetween(0.5 * instructions, 0.65 * instructions);
    assertThat(two.get("basis").textValue()).contains("2 cores", "GCC's description");
    assertThat(json(SIGNS, "stm32mp257f-dk").get("basis").textValue()).contains("Cortex-A53");
    assertThat(Cli.run("estimate", SIGNS, "--board", "stm32mp157f-dk2").succeeds().out())
        .contains("2 cortex-a7 at 800 MHz", "fv_conv2d_winograd_neon_s8");
  }

  @Test
  void refusals() {
    Cli.run("estimate", SIGNS).refuses(ExitCode.USAGE, "--board");
    Cli.run("estimate", SIGNS, "--board", "no-such-board").refuses(ExitCode.BOARD, "no-such-board");
    Path large = Cli.largeModel("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite");
    Cli.run("estimate", large, "--board", "nucleo-h743zi2")
        .refuses(ExitCode.DIFFERENT, "is too small");
  }

  private static JsonNode json(Path model, String board) throws Exception {
    Cli cli = Cli.run("estimate", model, "--board", board, "--json").succeeds();
    assertThat(cli.err()).isEmpty();
    return new JsonMapper().readTree(cli.out());
  }
}
