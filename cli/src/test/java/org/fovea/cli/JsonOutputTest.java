package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Test
  void boards() throws Exception {
    JsonNode boards = parse(Cli.run("boards", "--json").succeeds());
    assertThat(boards.findValuesAsText("id")).contains(Cli.BOARD, "nucleo-h743zi2").isSorted();
    for (JsonNode board : boards) {
      assertKeys(
          board, "id", "name", "soc", "core", "hertz", "rtos", "verified", "port", "regions");
      board.get("regions").forEach(r -> assertKeys(r, "name", "kind", "base", "bytes"));
    }
  }

  @Test
  void fit() throws Exception {
    Cli cli = Cli.run("fit", Cli.MODEL, "--board", Cli.BOARD, "--json").succeeds();
    assertThat(cli.err()).isEmpty();
    JsonNode fit = parse(cli);
    assertKeys(fit, "model", "sha256", "layers", "macs", "plan", "activations", "peak", "boards");
    assertKeys(fit.get("peak"), "layer", "name", "bytes");
    assertKeys(
        fit.get("plan"),
        "text",
        "objective",
        "input",
        "pixels",
        "lower_bound",
        "layer_by_layer",
        "work_ratio");
    assertThat(fit.get("boards")).hasSize(1);
    JsonNode board = fit.get("boards").get(0);
    assertKeys(
        board,
        "board",
        "rtos",
        "fits",
        "regions",
        "weights",
        "weights_ms_saved_estimated",
        "shortfalls",
        "remedies",
        "accelerators");
    assertThat(board.get("weights")).isNotEmpty();
    board
        .get("weights")
        .forEach(w -> assertKeys(w, "layer", "region", "bytes", "steps", "bytes_read"));
    assertThat(board.get("fits").booleanValue()).isTrue();
    assertThat(board.get("shortfalls")).isEmpty();
    for (JsonNode region : board.get("regions")) {
      assertKeys(region, "name", "kind", "bytes", "used", "parts");
      region.get("parts").forEach(p -> assertKeys(p, "use", "section", "bytes", "exact"));
      long sum = 0;
      for (JsonNode part : region.get("parts")) {
        sum += part.get("bytes").longValue();
      }
      assertThat(sum).isLessThanOrEqualTo(region.get("used").longValue());
      assertThat(region.get("used").longValue())
          .isLessThanOrEqualTo(region.get("bytes").longValue());
    }
  }

  @Test
  void fitOnEveryBoardIsGoodWhenOneIs() throws Exception {
    JsonNode fit = parse(Cli.run("fit", Cli.MODEL, "--json").succeeds());
    assertThat(fit.get("boards").size()).isEqualTo(parse(Cli.run("boards", "--json")).size());
    assertThat(Cli.run("analyze", Cli.MODEL, "--json").out())
        .isEqualTo(Cli.run("fit", Cli.MODEL, "--json").out());
  }

  @Test
  void aModelThatDoesNotFit() throws Exception {
    Path model = Cli.largeModel("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite");
    Cli cli = Cli.run("fit", model, "--board", "nucleo-h743zi2", "--json");
    assertThat(cli.code()).as(cli.err()).isEqualTo(ExitCode.DIFFERENT.code());
    JsonNode board = parse(cli).get("boards").get(0);
    assertThat(board.get("fits").booleanValue()).isFalse();
    assertThat(board.get("shortfalls")).isNotEmpty();
    board.get("shortfalls").forEach(s -> assertKeys(s, "where", "what", "why", "remedy"));
    Cli both = Cli.run("fit", model, "--board", "nucleo-h743zi2", "--board", Cli.BOARD);
    assertThat(both.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(both.out()).contains("nucleo-h743zi2       does not fit", "->");
  }

  @Test
  void inspect() throws Exception {
    JsonNode model = parse(Cli.run("inspect", Cli.MODEL, "--json").succeeds());
    assertKeys(
        model,
        "model",
        "sha256",
        "card",
        "inputs",
        "outputs",
        "macs",
        "parameters",
        "operators",
        "head_guesses",
        "accuracy",
        "findings");
    model.get("inputs").forEach(t -> assertKeys(t, "name", "shape", "type", "quantization"));
    for (JsonNode operator : model.get("operators")) {
      assertKeys(
          operator, "index", "kind", "input", "output", "macs", "parameters", "quantization");
    }
    assertThat(model.get("findings")).isEmpty();
  }

  @Test
  void doctor() throws Exception {
    Cli cli = Cli.run("doctor", "--json");
    JsonNode tools = parse(cli);
    boolean all = true;
    for (JsonNode tool : tools) {
      assertKeys(tool, "program", "found", "path", "packages", "for_linux_boards", "for_flash");
      all &=
          tool.get("found").booleanValue()
              || tool.get("for_linux_boards").booleanValue()
              || tool.get("for_flash").booleanValue();
    }
    assertThat(tools.findValuesAsText("program"))
        .contains("arm-none-eabi-gcc", "qemu-system-arm", "qemu-arm", "STM32_Programmer_CLI");
    assertThat(cli.code()).isEqualTo((all ? ExitCode.OK : ExitCode.TOOL).code());
  }

  @Test
  void doctorWithoutTools() throws Exception {
    Cli cli = Cli.process(Cli.ROOT, List.of(), "/nowhere", "doctor");
    assertThat(cli.out()).contains("optional, for fovea flash");
    assertThat(cli.code()).isEqualTo(ExitCode.TOOL.code());
    assertThat(cli.out()).contains("missing", "sudo apt-get install -y gcc-arm-none-eabi");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void ports() throws Exception {
    JsonNode ports = parse(Cli.run("ports", "--json").succeeds());
    assertThat(ports.isArray()).isTrue();
    ports.forEach(
        p -> assertKeys(p, "name", "description", "usb_id", "adapter", "firmware", "problem"));
  }

  private static JsonNode parse(Cli cli) throws Exception {
    assertThat(cli.err()).isEmpty();
    return JSON.readTree(cli.out());
  }

  private static void assertKeys(JsonNode node, String... keys) {
    assertThat(node.fieldNames()).toIterable().containsExactlyInAnyOrder(keys);
  }
}
