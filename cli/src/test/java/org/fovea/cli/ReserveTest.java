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

/** What the application keeps, nothing of the firmware touches. */
class ReserveTest {
  private static final String SILICON = "stm32h747i-disco";

  @TempDir private Path folder;

  @Test
  void isChargedUnderItsOwnName() throws Exception {
    Object[] asked = {"fit", Cli.MODEL, "--board", SILICON, "--reserve", "AXI=150K", "--json"};
    JsonNode fit = new ObjectMapper().readTree(Cli.run(asked).succeeds().out());
    JsonNode region = region(fit.at("/boards/0/regions"), "axi_sram");
    JsonNode last = region.get("parts").get(region.get("parts").size() - 1);
    assertThat(region.get("bytes").longValue()).isEqualTo(512 << 10);
    assertThat(last.get("use").asText()).isEqualTo("application");
    assertThat(last.get("bytes").longValue()).isEqualTo(150 << 10);
    asked[6] = "--reserve=axi_sram=1000";
    assertThat(Cli.run(asked).succeeds().out()).contains("application 151.0 KiB");
  }

  @Test
  void theProjectKeepsOff() throws Exception {
    Path out = folder.resolve("out");
    Cli.run(
            "generate",
            Cli.MODEL,
            "--board",
            SILICON,
            "--emulated",
            "--reserve",
            "axi_sram=150K",
            "-o",
            out)
        .succeeds();
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("deployment.json").toFile());
    JsonNode region = region(manifest.at("/memory/regions"), "axi_sram");
    assertThat(region.get("application_bytes").longValue()).isEqualTo(150 << 10);
    long base = Long.decode(region.get("base").asText());
    String end = String.format("0x%08x", base + (512 << 10));
    String start = String.format("0x%08x", base + (362 << 10));
    assertThat(Files.readString(out.resolve("generated/firmware.ld")))
        .contains("LENGTH = " + (362 << 10))
        .contains("fv_axi_sram_application_start = " + start + ";")
        .contains("fv_axi_sram_application_end = " + end + ";");
    assertThat(Files.readString(out.resolve("generated/fv_regions.c")))
        .contains("Closed: " + start + " up to " + end);
    assertThat(Files.readString(out.resolve("README.md"))).contains("153600 bytes from " + start);
  }

  private static JsonNode region(JsonNode regions, String name) {
    for (JsonNode region : regions) {
      if (region.get("name").asText().equals(name)) {
        return region;
      }
    }
    throw new AssertionError("no " + name + " in " + regions);
  }

  /** Activations move to the next region, or do not fit. */
  @Test
  void theAllocatorKeepsOff() {
    Cli moved = Cli.run("fit", Cli.MODEL, "--board", SILICON, "--reserve", "axi=500K").succeeds();
    assertThat(moved.out()).containsPattern("dtcm .* activations and scratch");
    assertThat(moved.out()).containsPattern("axi_sram +500.0 KiB .* application 500.0 KiB");
  }

  @Test
  void boardsWithoutTheRegionAreLeftOut() {
    Cli all = Cli.run("fit", Cli.MODEL, "--reserve", "axi_sram=1K").succeeds();
    assertThat(all.out()).contains("Left out, for they lack what is reserved: ", "qemu-mps2");
    assertThat(all.out()).doesNotContain("qemu-mps2-an500      fits");
    Cli.run("fit", Cli.MODEL, "--reserve", "nowhere=1K")
        .refuses(ExitCode.USAGE, "no known board has all that is reserved");
  }

  @Test
  void everyFindingOfEveryBoard() {
    Cli.run(
            "fit",
            Cli.MODEL,
            "--board",
            SILICON,
            "--board",
            "nucleo-h743zi2",
            "--reserve",
            "sram=1K",
            "--reserve",
            "dtcm=1M")
        .refuses(
            ExitCode.USAGE,
            "names 4 regions of stm32h747i-disco",
            "one of: sram1, sram2, sram3, sram4",
            "region dtcm of stm32h747i-disco has 131072",
            "region dtcm of nucleo-h743zi2 has 131072");
  }

  @ParameterizedTest
  @ValueSource(strings = {"axi", "axi=", "=1K", "axi=1Q", "axi=-1", "axi=0", "axi=1K=2", "", "="})
  void whatIsNoReserve(String text) throws Exception {
    Cli.run("fit", Cli.MODEL, "--reserve", text).refuses(ExitCode.USAGE, "--reserve");
    Path out = folder.resolve("out");
    Cli.run("generate", Cli.MODEL, "--board", SILICON, "--emulated", "--reserve", text, "-o", out)
        .refuses(ExitCode.USAGE, "--reserve");
    assertThat(Cli.names(folder)).isEmpty();
  }
}
