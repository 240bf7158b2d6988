package org.fovea.host.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fovea.host.bench.Baseline;
import org.fovea.host.bench.Basis;
import org.fovea.host.bench.BenchSheet;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.fault.Finding;
import org.fovea.host.manifest.Counter;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BenchPageTest {
  private static final String HOSTILE = "<script>alert('&\"x')</script>";
  private static final Basis CYCLES = new Basis(false, Counter.CYCLES, 1_000);
  private static final Basis INSTRUCTIONS = new Basis(true, Counter.INSTRUCTIONS, 0);

  private static Benchmark.Found found(Basis basis, long... ticks) {
    return org.fovea.host.bench.Figures.found(
        HOSTILE, basis, org.fovea.host.bench.Figures.log(ticks));
  }

  private static String page(Benchmark.Found found) {
    return page(found, found.figures());
  }

  private static String page(Benchmark.Found found, BoardFigures shown) {
    BenchSheet.Failure failure =
        new BenchSheet.Failure(
            "board-2", HOSTILE, List.of(new Finding(HOSTILE, "is away", "why", "look")));
    return BenchPage.of(
        new BenchSheet(1, "0.1.0", List.of(shown), List.of(failure)), List.of(found));
  }

  private static Document parse(String page) throws Exception {
    String body = page.substring(page.indexOf("<html"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }

  private static List<Element> rects(Document page, String colour) {
    NodeList all = page.getElementsByTagName("rect");
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(r -> r.getAttribute("class").equals(colour))
        .toList();
  }

  @Test
  void textStaysTextAndNothingIsLoaded() throws Exception {
    String page = page(found(CYCLES, 10, 20));
    assertThat(page).doesNotContain("<script", "http:", "https:", "<link", "@import");
    NodeList titles = parse(page).getElementsByTagName("h1");
    assertThat(titles.item(0).getTextContent()).isEqualTo("board-2");
    assertThat(titles.item(1).getTextContent()).isEqualTo(HOSTILE);
    assertThat(page).contains("no figures", "is away. why. look.");
  }

  /** Latencies of 1500 and 1600 ms on an axis to 1600: transfer 1000 and 1100 below, 500 above. */
  @Test
  void barsStackToTheLatency() throws Exception {
    Document page = parse(page(found(CYCLES, 10, 20)));
    List<Element> transfers = rects(page, "c0").subList(0, 2);
    List<Element> rests = rects(page, "c1").subList(0, 2);
    assertThat(transfers.get(0).getAttribute("height")).isEqualTo("100.0"); // 200 of 1000 in 2000
    assertThat(rests.get(0).getAttribute("height")).isEqualTo("50.0");
    assertThat(rests.get(0).getAttribute("y")).isEqualTo("60.0");
    assertThat(rests.get(1).getAttribute("y")).isEqualTo("50.0");
    assertThat(transfers.get(1).getAttribute("height")).isEqualTo("110.0");
  }

  @Test
  void everyFigureSaysWhatItIs() {
    String measured = page(found(CYCLES, 10, 20));
    assertThat(measured)
        .contains("figures measured", "latency, both", "12.5 %", "from result to result")
        .doesNotContain("emulated");
    String emulated = page(found(INSTRUCTIONS, 10, 20));
    assertThat(emulated)
        .contains("figures emulated", "those of this PC: left out", "emulated instructions")
        .doesNotContain("latency, both", "figures measured", "from result to result");
  }

  @Test
  void whatBecameWorseIsRedAndBesideItsBaseline() throws Exception {
    Benchmark.Found now = found(CYCLES, 30, 30);
    BoardFigures beside =
        now.figures()
            .with(
                Baseline.changes(
                    "f",
                    Baseline.of(found(CYCLES, 10, 10).figures()),
                    Baseline.of(now.figures()),
                    OptionalDouble.empty()));
    String page = page(now, beside);
    assertThat(page).contains("WORSE than the baseline", "+200.00 %");
    assertThat(rects(parse(page), "c5")).hasSize(2);
    assertThat(page(now)).doesNotContain("Against the baseline", "the baseline's");
    assertThat(
            page(
                now,
                now.figures()
                    .with(
                        Optional.of(
                            new BoardFigures.Published(2712, 400_000_000, "X-CUBE-AI 10.2")))))
        .contains("2\u202f712 ms, X-CUBE-AI 10.2, 400 MHz");
  }

  @Test
  void manyFramesMakeNoLargePage() throws Exception {
    long[] ticks = new long[10_000];
    Arrays.setAll(ticks, i -> 1_000 + i % 7);
    String page = page(found(CYCLES, ticks));
    assertThat(page.length()).isLessThan(80_000);
    assertThat(page).contains("84 frames a bar", "frames 0 to 83", "frame 9999");
    parse(page(found(CYCLES, 0)));
  }

  @Test
  void axesEndAtRoundNumbers() {
    assertThat(Scale.upTo(1_600)).isEqualTo(new Scale(500, 4));
    assertThat(Scale.upTo(1.0)).isEqualTo(new Scale(0.25, 4));
    assertThat(Scale.upTo(21_489_202).top()).isEqualTo(30_000_000);
    assertThat(Scale.upTo(0).top()).isPositive();
  }
}
