package org.fovea.generator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.check.GraphRules.GraphRule;
import org.junit.jupiter.api.Test;

/** docs/SUPPORTED_OPS.md says what the rules say. {@code -Dgolden.update=true} rewrites it. */
class SupportedOpsTest {
  private static final Path DOCUMENT = Path.of("../docs/SUPPORTED_OPS.md");
  private static final List<String> OPERATORS =
      List.of(
          "CONV_2D",
          "DEPTHWISE_CONV_2D",
          "MAX_POOL_2D",
          "AVERAGE_POOL_2D",
          "LEAKY_RELU",
          "RELU",
          "RELU6",
          "LOGISTIC",
          "SOFTMAX",
          "PAD",
          "ADD",
          "CONCATENATION",
          "RESIZE_NEAREST_NEIGHBOR",
          "RESIZE_BILINEAR",
          "SPLIT",
          "GATHER",
          "TRANSPOSE",
          "TILE",
          "RESHAPE",
          "QUANTIZE",
          "DEQUANTIZE");

  @Test
  void documentIsMadeOfTheRules() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(DOCUMENT, markdown());
    }
    assertThat(DOCUMENT).hasContent(markdown());
  }

  @Test
  void everyRuleHasItsOwnNameAndWords() {
    assertThat(Checker.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(Checker.rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.statement()).matches("[A-Z].*[^.]");
              assertThat(rule.remedy()).isNotBlank();
            });
  }

  private static String markdown() {
    return """
        # Supported operators

        This page is made of the checker's rules by `SupportedOpsTest`; do not edit it.
        A model that breaks a rule is refused with the sentence below, the place, and a remedy.
        Layers of Darknet and OpenVINO that become these operators: DARKNET.md, OPENVINO.md.

        Fovea runs int8 models whose operators are

        """
        + OPERATORS.stream().map(op -> "- " + op + "\n").collect(Collectors.joining())
        + "\nAny of CONV_2D, DEPTHWISE_CONV_2D, both pools and ADD may have a fused RELU,"
        + " RELU_N1_TO_1 or RELU6.\n\n"
        + """
        Before the rules are asked, what converters spread over several operators is put together:
        a SPLIT is picks of channels; RESHAPE, TRANSPOSE, GATHER and TILE in a row are the one pick of
        channels or resize that they come to; DEQUANTIZE and QUANTIZE around operators that only move
        values are tables in front of the same in int8.

        ## The model

        """
        + "| rule | statement | remedy |\n|---|---|---|\n"
        + GraphRules.rules().stream().map(SupportedOpsTest::row).collect(Collectors.joining())
        + "\n## The operators\n\n"
        + "| rule | operators | statement | remedy |\n|---|---|---|---|\n"
        + Checker.rules().stream().map(SupportedOpsTest::row).collect(Collectors.joining());
  }

  private static String row(GraphRule rule) {
    return "| %s | %s | %s |\n".formatted(rule.id(), cell(rule.statement()), cell(rule.remedy()));
  }

  private static String row(Rule rule) {
    return "| %s | %s | %s | %s |\n"
        .formatted(rule.id(), rule.operators(), cell(rule.statement()), cell(rule.remedy()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
