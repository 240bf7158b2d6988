package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user says about memory changes the plan, and the plan says what it is. */
class PlanOptionsTest {
  @TempDir Path dir;

  private static JsonNode fit(String... options) throws Exception {
    Object[] all = new Object[options.length + 5];
    System.arraycopy(new Object[] {"fit", Cli.MODEL, "--board", Cli.BOARD, "--json"}, 0, all, 0, 5);
    System.arraycopy(options, 0, all, 5, options.length);
    return new ObjectMapper().readTree(Cli.run(all).succeeds().out());
  }

  @Test
  void ramNeedsLessMemoryAndMoreWork() throws Exception {
    JsonNode time = fit();
    JsonNode ram = fit("--optimize", "ram");
    JsonNode frame = fit("--input", "frame", "--optimize", "time");
    assertThat(ram.get("activations").asLong()).isLessThan(time.get("activations").asLong());
    assertThat(ram.at("/plan/work_ratio").asDouble())
        .isGreaterThan(time.at("/plan/work_ratio").asDouble());
    assertThat(frame.get("activations").asLong()).isGreaterThan(time.get("activations").asLong());
    assertThat(frame.at("/plan/input").asText()).isEqualTo("frame");
    assertThat(time.at("/plan/text").asText())
        .startsWith("image rows on demand, streams layers 0-");
  }

  @Test
  void maxRamIsKeptOrItsFloorIsSaid() throws Exception {
    long least = fit("--optimize", "ram").get("activations").asLong();
    long most = fit().get("activations").asLong();
    long between = (least + most) / 2;
    assertThat(fit("--max-ram", String.valueOf(between)).get("activations").asLong())
        .isLessThanOrEqualTo(between);
    assertThat(fit("--max-ram", "1M").at("/plan/work_ratio").asDouble()).isEqualTo(1);
    Cli.run("fit", Cli.MODEL, "--max-ram", "1K")
        .refuses(ExitCode.DIFFERENT, "--max-ram", "1024 bytes are allowed", "smallest plan found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12Q", "-1", "", "1e3", "99999999999"})
  void aSizeThatIsNone(String size) {
    Cli.run("fit", Cli.MODEL, "--max-ram", size).refuses(ExitCode.USAGE, "--max-ram");
  }

  @Test
  void oneWishAtATime() {
    Cli.run("fit", Cli.MODEL, "--max-ram", "1M", "--optimize", "ram")
        .refuses(ExitCode.USAGE, "--optimize", "--max-ram");
  }

  @Test
  void theProjectSaysItsPlan() throws Exception {
    Path project = dir.resolve("project");
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--optimize", "ram", "-o", project)
        .succeeds();
    assertThat(Files.readString(project.resolve("README.md"))).contains("streams layers");
    assertThat(Files.readString(project.resolve("generated/fv_network.c")))
        .contains("streams layers", "ring of");
    JsonNode manifest = new ObjectMapper().readTree(project.resolve("deployment.json").toFile());
    assertThat(manifest.at("/memory/plan/objective").asText()).isEqualTo("ram");
  }
}
