package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One emulated board, measured, watched and asked who it is. */
class BenchTest {
  private static final String NOBODY = "tcp:localhost:1";

  @TempDir private static Path folder;
  private static Path project;

  @BeforeAll
  static void build() {
    project = folder.resolve("project");
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--rtos", "bare", "-o", project)
        .succeeds();
    Cli.run("build", project).succeeds();
  }

  private static Cli bench(Object... more) {
    List<Object> all = new ArrayList<>(List.of("bench", project, "--warm-up", 0));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void figuresOfAnEmulatedBoardAndABaselineThatHolds() throws IOException {
    Path csv = folder.resolve("bench.csv");
    Path page = folder.resolve("bench.html");
    Cli cli = bench("--frames", 2, "--json", "--csv", csv, "--html", page).succeeds();
    JsonNode board = json(cli.out()).at("/boards/0");
    assertThat(board.at("/figures").asText()).isEqualTo("emulated");
    assertThat(board.at("/counter").asText()).isEqualTo("instructions");
    assertThat(board.at("/port").asText()).isEqualTo("in QEMU");
    assertThat(board.at("/quantities")).hasSize(1);
    assertThat(board.at("/layers")).hasSize(5);
    double ticks = board.at("/quantities/0/spread/min").asDouble();
    assertThat(board.at("/ticks_per_mac").asDouble()).isBetween(0.5, 0.8);
    assertThat(board.at("/quantities/0/spread/min").toString()).matches("[0-9]+");
    assertThat(board.at("/line/bytes_to_board").asLong()).isBetween(2 * 27_648L, 3 * 27_648L);
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows).hasSize(1 + 2 * 6);
    assertThat(rows.get(1))
        .matches(Cli.BOARD + ",in QEMU,emulated,0,,,33298560,instructions,\\d+,,,,");
    assertThat(Files.readString(page))
        .contains("figures emulated", "those of this PC: left out", "conv_2d_4")
        .doesNotContain("http://", "https://", "latency, both");

    Path before = Files.writeString(folder.resolve("before.json"), cli.out());
    // Of one frame an interrupt may be a large part of the smallest layer.
    Cli same = bench("--frames", 1, "--baseline", before, "--tolerance", 60).succeeds();
    assertThat(same.out())
        .contains("verdict   no worse than the baseline, of 6 figures compared")
        .contains("times     none: an emulator's are those of this PC, not of a board");

    String half = cli.out().replace(String.format("%.0f", ticks), String.format("%.0f", ticks / 2));
    Files.writeString(before, half);
    Cli worse = bench("--frames", 1, "--baseline", before, "--tolerance", 60);
    assertThat(worse.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(worse.out())
        .containsPattern(
            "worse     all layers: least of all frames was \\d+ and is \\d+ instructions")
        .contains("verdict   1 WORSE than the baseline, of 6 figures compared");
    assertThat(bench("--frames", 1, "--baseline", before, "--tolerance", 120).succeeds().out())
        .contains("no worse than the baseline");
  }

  @Test
  void oneBoardThatFailsLeavesTheOthersTheirFigures() throws IOException {
    Cli cli = bench("--frames", 1, "--port", NOBODY, "--also", project, "--json");
    assertThat(cli.code()).as(cli.err()).isEqualTo(ExitCode.LINK.code());
    assertThat(cli.err()).contains("fovea: " + NOBODY + ": cannot be connected");
    JsonNode json = json(cli.out());
    assertThat(json.at("/boards")).hasSize(1);
    assertThat(json.at("/boards/0/port").asText()).isEqualTo("in QEMU");
    assertThat(json.at("/failures")).hasSize(1);
    assertThat(json.at("/failures/0/port").asText()).isEqualTo(NOBODY);
    assertThat(json.at("/failures/0/findings/0/what").asText()).contains("cannot be connected");
  }

  @Test
  void whereNoBoardIsThereNothingIsWritten() throws IOException {
    Path csv = folder.resolve("none.csv");
    Cli cli =
        bench("--port", NOBODY, "--port", "tcp:localhost:2", "--csv", csv)
            .refuses(ExitCode.LINK, NOBODY + ": cannot", "tcp:localhost:2: cannot");
    assertThat(cli.out()).isEmpty();
    assertThat(csv).doesNotExist();
  }

  @Test
  void wrongInputIsToldBeforeAnythingRuns() throws IOException {
    bench("--frames", 0).refuses(ExitCode.USAGE, "--frames");
    bench("--tolerance", 3).refuses(ExitCode.USAGE, "--baseline");
    bench("--port", NOBODY, "--also", project + ":" + NOBODY)
        .refuses(ExitCode.USAGE, "each port once");
    bench("--also", folder.resolve("none")).refuses(ExitCode.IMAGE, "none/deployment.json");
    bench("--csv", folder).refuses(ExitCode.OUTPUT, "is a directory");
    bench("--baseline", folder.resolve("none.json"))
        .refuses(ExitCode.IMAGE, "none.json: is missing");
    bench(folder.resolve("none.png")).refuses(ExitCode.IMAGE, "none.png");
    Path two = Files.writeString(folder.resolve("two.json"), "{\"format\":1,\"boards\":[]}");
    bench("--baseline", two)
        .refuses(ExitCode.IMAGE, "has figures of 0 boards, and 1 are asked for");
    Cli.run("monitor", project, "--http", 70_000).refuses(ExitCode.USAGE, "--http");
    Cli.run("monitor", project, "--frames", 0).refuses(ExitCode.USAGE, "--frames");
    Cli away = Cli.run("monitor", project, "--port", NOBODY);
    assertThat(away.code()).isEqualTo(ExitCode.LINK.code());
    assertThat(away.err()).startsWith("fovea: " + NOBODY + ": cannot be connected");
    Cli.run("ports", NOBODY).refuses(ExitCode.USAGE, "--probe");
  }

  @Test
  void aPortSaysWhoIsThere() throws IOException {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    try (Emulator emulator = Emulator.start(deployment, Results.elf(project, deployment))) {
      Cli found = Cli.run("ports", "--probe", emulator.portName()).succeeds();
      assertThat(found.out())
          .contains("-> " + Cli.BOARD + ", bare metal, model 3ebfd3845eac, 5 layers of 96x96x3");
      Cli one = Cli.run("ports", "--probe", emulator.portName(), NOBODY, "--json");
      assertThat(one.code()).isEqualTo(ExitCode.LINK.code());
      JsonNode rows = json(one.out());
      assertThat(rows.at("/0/firmware/board").asText()).isEqualTo(Cli.BOARD);
      assertThat(rows.at("/0/firmware/protocol").asInt()).isEqualTo(2);
      assertThat(rows.at("/1/firmware").isNull()).isTrue();
      assertThat(rows.at("/1/problem").asText()).startsWith("cannot be connected");
    }
  }

  @Test
  void aMonitorEndsAfterItsFrames() {
    Cli cli = Cli.run("monitor", project, "--frames", 2).succeeds();
    assertThat(cli.out()).containsPattern(": open http://127\\.0\\.0\\.1:\\d+/\n2 frames\n");
  }

  @Test
  void whatIsPublishedOfANetworkAndABoardIsFound() {
    Path model = Cli.largeModel("st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8.tflite");
    Path disco = folder.resolve("disco");
    Cli.run("generate", model, "--board", "stm32h747i-disco", "-o", disco).succeeds();
    BenchTarget target = BenchTarget.parse(disco + ":" + NOBODY);
    assertThat(target.line()).isEqualTo(new BoardLine.AtPort(NOBODY));
    assertThat(target.published())
        .contains(new BoardFigures.Published(244.7, 400_000_000, "X-CUBE-AI 10.2"));
    assertThat(BenchTarget.parse(project.toString()).published()).isEmpty();
  }
}
