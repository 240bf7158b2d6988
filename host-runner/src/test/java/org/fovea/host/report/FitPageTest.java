package org.fovea.host.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FitPageTest {
  private static final String HOSTILE = "<script>alert('&\"x')</script>";

  private static FitSheet.Plan plan(String title, int steps) {
    List<Integer> layers = new ArrayList<>();
    List<Long> live = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      layers.add(i * 2 / steps);
      live.add(i == steps / 3 ? 2048L : 1024L);
    }
    return new FitSheet.Plan(
        title,
        "streams nothing",
        1.25,
        2560,
        2048,
        List.of("conv_0", HOSTILE),
        layers,
        live,
        List.of(
            new FitSheet.Stretch(-1, false, 0, 1024, 0, steps - 1),
            new FitSheet.Stretch(0, false, 1024, 1024, 0, steps / 2),
            new FitSheet.Stretch(1, true, 2048, 512, steps / 2, steps - 1)));
  }

  private static FitSheet.Board board(String id, boolean fits) {
    return new FitSheet.Board(
        id,
        "Board " + HOSTILE,
        "FreeRTOS",
        List.of(new FitSheet.Cell(fits, "axi", false, 4096)),
        fits ? Optional.of(0) : Optional.empty(),
        List.of(
            new FitSheet.Region(
                "axi",
                "ram",
                8192,
                List.of(
                    new FitSheet.Use("activations and scratch", fits ? 4096 : 10240),
                    new FitSheet.Use("application", 2048)))),
        List.of("an NPU"),
        fits ? List.of() : List.of("axi is too small"),
        fits ? List.of() : List.of(new FitSheet.Remedy("--optimize ram", "fits", true)));
  }

  private static String page(int steps) {
    return FitPage.of(
        new FitSheet(
            HOSTILE,
            "00ff",
            List.of(new FitSheet.Fact("Layers", "2")),
            List.of(plan("time, rows", steps)),
            List.of(board("one", true), board("two", false))));
  }

  private static Document parse(String page) throws Exception {
    String body = page.substring(page.indexOf("<html"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(body)));
  }

  private static List<Element> elements(Document page, String tag, String kind) {
    NodeList all = page.getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (List.of(element.getAttribute("class").split(" ", -1)).contains(kind)) {
        found.add(element);
      }
    }
    return found;
  }

  @Test
  void loadsNothingRunsNothingAndTextStaysText() throws Exception {
    String page = page(12);
    assertThat(page).doesNotContain("<script", "http:", "https:", "<link", "@import");
    assertThat(parse(page).getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(HOSTILE);
  }

  @Test
  void aCellAPlanAndBoardAndTheBestIsFramed() throws Exception {
    Document page = parse(page(12));
    assertThat(elements(page, "td", "yes")).hasSize(1);
    assertThat(elements(page, "td", "best")).hasSize(1);
    assertThat(elements(page, "td", "no"))
        .singleElement()
        .satisfies(td -> assertThat(td.getTextContent()).contains("short 4.0 KiB", "axi"));
  }

  /** Bars are drawn to scale: 4096 and 2048 of 8192, and 12288 cut at 8192. */
  @Test
  void barsAreToScale() throws Exception {
    Document page = parse(page(12));
    List<Element> bars = elements(page, "figure", "bar");
    NodeList first = bars.get(0).getElementsByTagName("rect");
    assertThat(((Element) first.item(1)).getAttribute("width")).isEqualTo("500.00");
    assertThat(((Element) first.item(2)).getAttribute("x")).isEqualTo("500.00");
    assertThat(((Element) first.item(2)).getAttribute("width")).isEqualTo("250.00");
    assertThat(elements(page, "rect", "limit"))
        .singleElement()
        .satisfies(r -> assertThat(r.getAttribute("x")).isEqualTo("663.67"));
  }

  @Test
  void thePeakIsMarkedWhereItIs() throws Exception {
    Document page = parse(page(12));
    Element peak = elements(page, "circle", "peak").get(0);
    assertThat(peak.getAttribute("cx")).isEqualTo("410.8"); // 62 + 930 * 4.5 / 12
    assertThat(peak.getAttribute("cy")).isEqualTo("46.0"); // 10 + 180 * (1 - 2048 / 2560)
    assertThat(elements(page, "line", "arena").get(0).getAttribute("y1")).isEqualTo("10.0");
    assertThat(elements(page, "line", "bound").get(0).getAttribute("y1")).isEqualTo("46.0");
    assertThat(elements(page, "path", "image").get(0).getAttribute("d"))
        .isEqualTo("M62.0 202.0h930.0v128.0h-930.0z");
  }

  @Test
  void aPlanOfManyStepsMakesNoLargePage() throws Exception {
    String page = page(65_535);
    assertThat(page.length()).isLessThan(120_000);
    parse(page);
    parse(page(1));
  }
}
