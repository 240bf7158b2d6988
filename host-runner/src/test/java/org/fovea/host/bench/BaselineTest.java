package org.fovea.host.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.fovea.host.Deployments;
import org.fovea.host.bench.Change.Verdict;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
  private static final Basis CYCLES = new Basis(false, Counter.CYCLES, 1_000);
  private static final Basis INSTRUCTIONS = new Basis(true, Counter.INSTRUCTIONS, 0);

  @TempDir private Path folder;

  private static Baseline of(Basis basis, long... ticks) {
    return Baseline.of(Figures.found("conv", basis, Figures.log(ticks)).figures());
  }

  private static List<Change> changes(Baseline before, Baseline now) {
    return Baseline.changes("base.json", before, now, OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({"1000, SAME", "1050, SAME", "1051, WORSE", "950, SAME", "949, BETTER", "5, BETTER"})
  void fivePercentOfTimesAreNoise(long now, Verdict verdict) {
    assertThat(changes(of(CYCLES, 1_000), of(CYCLES, now)))
        .filteredOn(c -> c.id().equals("ticks") || c.id().startsWith("layer:"))
        .hasSize(3)
        .allMatch(c -> c.verdict() == verdict, verdict + " in all");
  }

  @Test
  void timesAreComparedByTheMedianAndInstructionsByTheLeast() {
    List<Change> times = changes(of(CYCLES, 100, 200, 300), of(CYCLES, 100, 300, 300));
    assertThat(times.get(0))
        .isEqualTo(
            new Change("ticks", "all layers", "cycles", "median", 600, 900, 50, Verdict.WORSE));
    List<Change> counts = changes(of(INSTRUCTIONS, 100, 200, 300), of(INSTRUCTIONS, 300, 300, 100));
    assertThat(counts.get(0))
        .isEqualTo(
            new Change("ticks", "all layers", "instructions", "least", 300, 300, 0, Verdict.SAME));
    assertThat(changes(of(INSTRUCTIONS, 1_000), of(INSTRUCTIONS, 1_006)))
        .allMatch(c -> c.verdict() == Verdict.WORSE);
    assertThat(changes(of(INSTRUCTIONS, 1_000), of(INSTRUCTIONS, 1_005)))
        .allMatch(c -> c.verdict() == Verdict.SAME);
  }

  @Test
  void whatIsComparedOfABoardAndOfAnEmulator() {
    assertThat(changes(of(CYCLES, 10, 10), of(CYCLES, 10, 10)))
        .extracting(Change::id)
        .containsExactly(
            "ticks", "transfer", "latency", "interval", "layer:0:conv", "layer:1:head");
    assertThat(changes(of(INSTRUCTIONS, 10, 10), of(INSTRUCTIONS, 10, 10)))
        .extracting(Change::id)
        .containsExactly("ticks", "layer:0:conv", "layer:1:head");
  }

  @Test
  void theUsersToleranceCounts() {
    assertThat(Baseline.changes("f", of(CYCLES, 1_000), of(CYCLES, 1_001), OptionalDouble.of(0)))
        .filteredOn(c -> c.verdict() == Verdict.WORSE)
        .hasSize(3);
  }

  @Test
  void aLayerThatIsNotInBothIsLeftOut() {
    Baseline other = Baseline.of(Figures.found("other", CYCLES, Figures.log(10, 10)).figures());
    assertThat(changes(other, of(CYCLES, 10, 10)))
        .extracting(Change::id)
        .contains("layer:1:head")
        .doesNotContain("layer:0:conv", "layer:0:other");
  }

  @Test
  void figuresOfAnotherKindAreRefusedWithEveryReason() {
    Baseline other = new Baseline("board-2", "34".repeat(32), "measured", "ns", List.of());
    assertThatThrownBy(() -> changes(other, of(INSTRUCTIONS, 10)))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("base.json: board was board-2 and is board-1")
        .hasMessageContaining("model SHA-256 was 3434")
        .hasMessageContaining("basis was measured and is emulated")
        .hasMessageContaining("counter was ns and is instructions");
    assertThatThrownBy(() -> other.check("base.json", Deployments.sample()))
        .hasMessageContaining("board was board-2 and is qemu-mps2-an500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                              | has no \"format\" : 1",
        "{'format':2,'boards':[]}        | has no \"format\" : 1",
        "{'format':1}                    | has no list \"boards\"",
        "{'format':1,'boards':[3]}       | has no text \"counter\"",
        "{'format':1,'boards':[{'counter':'ns'}]} | has no list \"quantities\"",
        "{'format':1,'boards':[{'counter':'ns','quantities':[],'layers':[{'name':'a'}]}]} | has no number \"min\"",
        "{'format':1,'boards':[{'counter':'ns','quantities':[],'layers':[{'name':'a','ticks':{'min':-1}}]}]} | has no number \"min\"",
        "nonsense                        | is no valid JSON",
      })
  void aFileThatIsNoneIsRefused(String text, String what) throws IOException {
    Path file = Files.writeString(folder.resolve("base.json"), text.replace('\'', '"'));
    assertThatThrownBy(() -> BaselineFile.read(file))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining(what)
        .hasMessageContaining("fovea bench DIR --json");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> BaselineFile.read(folder.resolve("none.json")))
        .hasMessageContaining("none.json: is missing");
  }
}
