package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose weights lie in a small flash, in RAM and in external flash, on a user's board. */
class SplitWeightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path board;
  private Path project;

  @BeforeEach
  void makeBoard() throws IOException {
    project = folder.resolve("project");
    String text = Files.readString(Cli.ROOT.resolve("boards/stm32h750b-dk.yaml"));
    board =
        Files.writeString(
            folder.resolve("mine.yaml"),
            text.replace("id: stm32h750b-dk", "id: mine")
                .replace("0x08000000, bytes: 128K", "0x08000000, bytes: 46K")
                .replace("0x30040000, bytes: 32K", "0x30040000, bytes: 8K")
                .replace("weights: [flash, qspi_flash]", "weights: [flash, sram3, qspi_flash]"));
  }

  /** The self-test's CRC is compared before, the CRC of every layer after. */
  @Test
  void runsBitExactlyFromThreeMemories() throws Exception {
    Path photo = TestScene.HILL.write(folder);
    Cli cli =
        Cli.run(
                "deploy",
                Cli.MODEL,
                photo,
                "--board",
                board,
                "--emulated",
                "--rtos",
                "bare",
                "-o",
                project)
            .succeeds();
    assertThat(cli.out()).contains("CRCs of all 5 layers").doesNotContain("NOT AS PREDICTED");

    JsonNode manifest = JSON.readTree(project.resolve("deployment.json").toFile());
    List<String> regions = new ArrayList<>();
    manifest.path("layers").forEach(l -> regions.add(l.at("/weights/region").asText()));
    assertThat(regions).containsExactly("sram3", "sram3", "qspi_flash", "qspi_flash", "flash");
    assertThat(manifest.at("/layers/0/weights/stored_in").asText()).isEqualTo("qspi_flash");
    assertThat(manifest.at("/memory/weights/estimated_ms_saved").asDouble()).isPositive();

    JsonNode footprint = JSON.readTree(project.resolve("build/footprint.json").toFile());
    assertThat(footprint.path("findings")).isEmpty();
    List<String> exact = new ArrayList<>();
    for (JsonNode section : footprint.path("map")) {
      String verdict = section.path("verdict").asText();
      assertThat(verdict).matches("as planned|planned <= \\d+");
      if (verdict.equals("as planned")) {
        exact.add(section.path("section").asText() + " " + section.path("parts").size());
      }
    }
    assertThat(exact)
        .containsExactlyInAnyOrder(
            ".fv_tables 0",
            ".fv_link 0",
            ".fv_arena 1",
            ".fv_stacks 1",
            ".fv_weights_flash 1",
            ".fv_weights_sram3 2",
            ".fv_weights_qspi_flash 2");
  }

  @Test
  void aFlippedWeightOfACopyIsRefusedBeforeAnyImage() throws Exception {
    generate();
    Path weights = project.resolve("generated/fv_weights.c");
    String text = Files.readString(weights);
    int escape = text.indexOf("\"\\") + 4;
    assertThat(text.substring(0, escape)).contains("FV_WEIGHTS_MEMORY(sram3, 0000)");
    char flipped = text.charAt(escape) == '0' ? '1' : '0';
    Files.writeString(weights, text.substring(0, escape) + flipped + text.substring(escape + 1));
    Cli.run("build", project).succeeds();
    Cli.run("run", project, TestScene.HILL.write(folder))
        .refuses(ExitCode.LINK, "does not hold this model's weights");
  }

  @Test
  void fitSaysWhatLiesWhereAndWhatItSaves() {
    Cli cli = Cli.run("fit", Cli.MODEL, "--board", board).succeeds();
    assertThat(cli.out())
        .contains("weights: sram3 at 1600 MB/s (inferred), copied from qspi_flash at start")
        .contains("layers 0-1 (read 24, 12 times an inference)")
        .containsPattern("estimated \\d+\\.\\d ms less reading per inference than all in qspi_fl");
    Cli whole = Cli.run("fit", Cli.MODEL, "--board", "stm32h747i-disco").succeeds();
    assertThat(whole.out()).doesNotContain("weights: ");
  }

  @Test
  void whatTakesMemoryUnplannedIsFound() throws Exception {
    generate("stm32h747i-disco");
    edit(
        "generated/firmware.ld",
        "  /DISCARD/",
        "  .heap : { . += 512; } > dtcm :blank\n  /DISCARD/");
    edit(
        "fovea/harness/bare/fv_main.c",
        "int main(void) {\n",
        """
        #include <stdlib.h>
        static char *mine;
        int main(void) {
          mine = malloc(rand());
          __asm volatile("" ::"r"(mine));
        """);
    Files.writeString(
        project.resolve("stack-allowances.csv"),
        "any,malloc,200,,a guess\nany,rand,200,,a guess\n",
        StandardOpenOption.APPEND);
    Cli cli = Cli.run("build", project);
    assertThat(cli.code()).as(cli.err()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(cli.out()).containsPattern("\\.heap +dtcm .* not planned");
    assertThat(cli.err())
        .contains(".heap: takes 512 bytes of dtcm: it is not planned")
        .containsPattern("libc_nano\\.a\\(.*\\) keeps \\d+ bytes of variables");
    JsonNode footprint = JSON.readTree(project.resolve("build/footprint.json").toFile());
    assertThat(footprint.path("findings").size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aMapThatIsCutOrForeignIsRefused() throws Exception {
    generate();
    Cli.run("build", project).succeeds();
    Path map = project.resolve("build/firmware.map");
    String text = Files.readString(map, StandardCharsets.ISO_8859_1);
    Files.writeString(map, text.substring(0, text.indexOf("\n.fv_arena")));
    Cli.run("build", project).refuses(ExitCode.BUILD, "firmware.map", ".fv_arena", ".fv_stacks");
    Files.writeString(map, text.replaceFirst("(?m)^(\\.fv_link +0x\\w+ +)0x\\w+", "$10x10"));
    Cli.run("build", project).refuses(ExitCode.BUILD, ".fv_link", "of another build");
    Files.delete(map);
    Cli.run("build", project).refuses(ExitCode.BUILD, "firmware.map", "cannot be read");
  }

  private void generate() {
    generate(board);
  }

  private void generate(Object board) {
    Cli.run("generate", Cli.MODEL, "--board", board, "--emulated", "--rtos", "bare", "-o", project)
        .succeeds();
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
