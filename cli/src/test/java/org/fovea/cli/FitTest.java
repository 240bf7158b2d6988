package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, pages, and remedies that hold when they are followed. */
class FitTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** A board of which only {@code axi_sram}, of this size, may hold activations. */
  private Path board(String bytes) throws Exception {
    String yaml =
        Files.readString(Cli.ROOT.resolve("boards/nucleo-h743zi2.yaml"))
            .replace("id: nucleo-h743zi2", "id: mine")
            .replace("bytes: 512K, kind: ram", "bytes: " + bytes + ", kind: ram")
            .replaceFirst("activations: .*", "activations: [axi_sram]");
    return Files.writeString(folder.resolve("mine.yaml"), yaml);
  }

  private static JsonNode json(int code, Object... arguments) throws Exception {
    List<Object> all = new ArrayList<>(List.of("fit"));
    all.addAll(Arrays.asList(arguments));
    all.add("--json");
    Cli cli = Cli.run(all.toArray());
    assertThat(cli.code()).as(cli.err()).isEqualTo(code);
    return JSON.readTree(cli.out());
  }

  /** Whatever a remedy claims comes true, to the byte, when its options are given. */
  @ParameterizedTest
  @CsvSource({"24K, frame, 0", "16K, rows, 0", "64K, frame, 40K", "14K, rows, 0", "4K, rows, 0"})
  void remediesHold(String ram, String input, String reserved) throws Exception {
    Path board = board(ram);
    List<Object> asked = new ArrayList<>(List.of(Cli.MODEL, "--board", board, "--input", input));
    if (!reserved.equals("0")) {
      asked.addAll(List.of("--reserve", "axi=" + reserved));
    }
    JsonNode verdict = json(1, asked.toArray()).at("/boards/0");
    assertThat(verdict.get("remedies")).isNotEmpty();
    for (JsonNode remedy : verdict.get("remedies")) {
      String change = remedy.get("change").asText();
      if (change.startsWith("--")) {
        JsonNode followed = json(0, with(asked, change));
        assertThat(remedy.get("fits").booleanValue()).as(change).isTrue();
        assertThat(followed.get("activations")).as(change).isEqualTo(remedy.get("activations"));
        assertThat(remedy.get("outcome").asText()).contains(spare(followed.at("/boards/0")));
      }
    }
  }

  private static String spare(JsonNode board) {
    for (JsonNode region : board.get("regions")) {
      if (region.toString().contains(".fv_arena")) {
        long spare = region.get("bytes").longValue() - region.get("used").longValue();
        return "fits with " + Sizes.text(spare) + " to spare in " + region.get("name").asText();
      }
    }
    throw new AssertionError("no activations in " + board);
  }

  /** The options of a change in the place of those that were asked. */
  private static Object[] with(List<Object> asked, String change) {
    List<Object> all = new ArrayList<>(asked);
    for (String word : change.split(" (?=--)", -1)) {
      String[] option = word.split(" ", 2);
      int at = all.indexOf(option[0]);
      if (at >= 0) {
        all.set(at + 1, option[1]);
      } else {
        all.addAll(List.of(option[0], option[1]));
      }
    }
    return all.toArray();
  }

  @Test
  void theRemediesOfAFrameThatIsTooLarge() throws Exception {
    Cli cli = Cli.run("fit", Cli.MODEL, "--board", board("24K"), "--input", "frame");
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out())
        .contains("mine axi_sram: is too small by", "-> --input rows")
        .containsPattern("-> the model exported for 64x64.*: .* fits with ")
        .contains("-> another board: fits on nucleo", "stm32h7");
    assertThat(cli.out()).doesNotContain("another board: fits on qemu");
  }

  @Test
  void whatNoPlanChanges() throws Exception {
    String yaml = Files.readString(board("512K")).replace("bytes: 2M", "bytes: 64K");
    Path board = Files.writeString(folder.resolve("small-flash.yaml"), yaml);
    Cli cli = Cli.run("fit", Cli.MODEL, "--board", board);
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out())
        .contains("mine flash: is too small by", " x fewer weights: the model has ")
        .doesNotContain("exported for", "--optimize ram");
  }

  @Test
  void theTableIsTheSameInEveryForm() throws Exception {
    Path board = board("24K");
    Object[] asked = {"fit", Cli.MODEL, "--all", "--board", board, "--board", "stm32n6570-dk"};
    Cli text = Cli.run(asked);
    assertThat(text.code()).isZero();
    JsonNode json = JSON.readTree(Cli.run(with("--json", asked)).succeeds().out());
    List<String[]> csv =
        Cli.run(with("--csv", asked))
            .succeeds()
            .out()
            .lines()
            .skip(1)
            .map(l -> l.split(",", -1))
            .toList();
    int plans = json.get("plans").size();
    assertThat(csv).hasSize(plans * 2);
    for (int b = 0; b < 2; b++) {
      JsonNode row = json.at("/boards/" + b);
      for (int p = 0; p < plans; p++) {
        String[] line = csv.get(b * plans + p);
        JsonNode cell = row.at("/cells/" + p);
        assertThat(line[1]).isEqualTo(row.get("board").asText());
        assertThat(line[3]).isEqualTo(json.at("/plans/" + p + "/plan/objective").asText());
        assertThat(line[5]).isEqualTo(cell.get("activations").asText());
        assertThat(line[7]).isEqualTo(cell.get("fits").asText());
        assertThat(line[8]).isEqualTo(String.valueOf(row.get("best").asInt(-1) == p));
        assertThat(line[10])
            .isEqualTo(
                cell.get("fits").booleanValue()
                    ? cell.get("spare").asText()
                    : "-" + cell.at("/shortages/0/missing").asText());
      }
    }
    assertThat(text.out()).contains("axi_sram -", "rows time", "unused ST Neural-ART NPU");
    assertThat(json.at("/boards/1/accelerators/0").asText()).startsWith("ST Neural-ART");
    assertThat(csv.get(plans)[11]).startsWith("\"ST Neural-ART");
  }

  private static Object[] with(String option, Object... asked) {
    Object[] all = Arrays.copyOf(asked, asked.length + 1);
    all[asked.length] = option;
    return all;
  }

  @Test
  void allTakesNoPlanAndOneFormAtATime() {
    for (String option : List.of("--optimize=ram", "--input=rows", "--max-ram=1M")) {
      Cli.run("fit", Cli.MODEL, "--all", option)
          .refuses(ExitCode.USAGE, "--all", option.replaceAll("=.*", ""));
    }
    Cli.run("fit", Cli.MODEL, "--csv", "--json").refuses(ExitCode.USAGE, "--csv");
  }

  @Test
  void thePageIsOneFileAndTheSameEachTime() throws Exception {
    Path page = folder.resolve("fit.html");
    Path again = folder.resolve("again.html");
    Cli.run("fit", Cli.MODEL, "--all", "--html", page).succeeds();
    Cli.run("fit", Cli.MODEL, "--all", "--html", again).succeeds();
    String html = Files.readString(page);
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("tinyyolov2_96_int8.tflite", "stm32n6570-dk", "Memory over time", "Neural-ART")
        .doesNotContain("<script", "http:", "https:");
    assertThat(Files.readString(again)).isEqualTo(html);
    Cli.run("fit", Cli.MODEL, "--board", Cli.BOARD, "--input", "frame", "--html", page).succeeds();
    assertThat(Files.readString(page)).contains("time, frame").doesNotContain("stm32n6570-dk");
    assertThat(Cli.names(folder)).containsExactly("again.html", "fit.html");
  }

  @Test
  void aPageThatCannotBeWritten() throws Exception {
    Cli.run("fit", Cli.MODEL, "--html", folder).refuses(ExitCode.OUTPUT, "is a directory");
    Cli.run("fit", Cli.MODEL, "--html", folder.resolve("no/where.html"))
        .refuses(ExitCode.OUTPUT, "no is no directory");
    assertThat(Cli.names(folder)).isEmpty();
  }
}
