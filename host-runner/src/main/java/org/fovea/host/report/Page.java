package org.fovea.host.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.manifest.Board;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.Model;

/** The whole page, from the verdict to the provenance. */
final class Page {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

  private final Report report;
  private final Deployment deployment;
  private final Html html = new Html();

  private Page(Report report) {
    this.report = report;
    this.deployment = report.deployment();
  }

  static String of(Report report) {
    return new Page(report).document();
  }

  /** A small coloured verdict; {@code kind} is ok, bad or none. */
  static void chip(Html html, String kind, String text) {
    html.element("span", text, "class", "chip " + kind);
  }

  /** Opens the document up to its main part: three tags to close. */
  static void head(Html html, String title) {
    html.open("html", "lang", "en").open("head").single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", title);
    html.element("style", css()).close().line().open("body").open("main").line();
  }

  private String document() {
    head(html, deployment.model().name() + " on " + deployment.board().name());
    header();
    card();
    runs();
    tasks();
    section("Memory", "Each bar is one memory region, drawn to its own scale.");
    MemoryMap.write(html, deployment.memory());
    html.close();
    sizes();
    section("Layers", layersNote());
    LayerTable.write(html, report);
    html.close();
    footer();
    return html.close().close().close().document();
  }

  private void header() {
    html.open("header").element("p", "Fovea deployment report", "class", "kicker");
    html.element("h1", deployment.model().name());
    html.element("p", "on " + deployment.board().name(), "class", "lead");
    html.open("p", "class", "chips");
    exactness();
    if (report.footprint().regions().isEmpty()) {
      chip(html, "none", "not built");
    } else {
      chip(
          html,
          report.sizesHold() ? "ok" : "bad",
          report.sizesHold() ? "fits, sizes as predicted" : "sizes are not as predicted");
    }
    if (!report.stacksHold()) {
      chip(html, "bad", "a stack went above its bound");
    }
    chip(html, "none", "figures " + report.word());
    if (deployment.model().weights() == Model.Weights.PSEUDO_RANDOM) {
      chip(html, "warn", "pseudo-random weights: boxes mean nothing");
    }
    html.close().close().line();
  }

  private void exactness() {
    if (report.worstDifference().isPresent()) {
      TensorDifference worst = report.worstDifference().get();
      String text = worst.isClose() ? "near the PC: " : "not this model's result: ";
      chip(html, worst.isClose() ? "ok" : "bad", text + worst.text());
    } else if (report.firstDifference().isPresent()) {
      int layer = report.firstDifference().getAsInt();
      chip(html, "bad", "differs from the PC first at layer " + layer);
    } else if (report.allCompared()) {
      chip(html, "ok", "bit-exact: every layer equals the PC");
    } else {
      chip(html, "none", report.runs().isEmpty() ? "not run" : "not compared with the PC");
    }
  }

  private void card() {
    Board board = deployment.board();
    html.open("section", "class", "card").open("dl");
    RunSection.fact(html, "Board", board.id() + " · " + board.cpu());
    RunSection.fact(html, "Port proven by", lower(board.verified()));
    if (!board.twinOf().isEmpty()) {
      RunSection.fact(html, "Stands for", board.twinOf());
    }
    RunSection.fact(html, "Runs on", deployment.rtos());
    RunSection.fact(html, "Model file", deployment.model().file());
    RunSection.fact(html, "Weights", lower(deployment.model().weights()));
    deployment
        .engine()
        .ifPresentOrElse(
            engine -> RunSection.fact(html, "Computed by", "engine " + engine.name()),
            () ->
                RunSection.fact(
                    html, "Work", Figures.metric(deployment.model().macs()) + " MAC an image"));
    RunSection.fact(html, "Input", input(deployment.input()));
    RunSection.fact(html, "Activations", Figures.size(deployment.memory().arena().bytes()));
    report
        .profiled()
        .ifPresent(
            run ->
                RunSection.fact(
                    html, "Inference, " + report.word(), report.amount(run.totalTicks())));
    html.close().close().line();
  }

  private static String input(Input input) {
    String size = input.width() + "×" + input.height();
    return input.isCamera()
        ? size + " pixels, " + input.pixels()
        : size + "×" + input.channels() + " " + lower(input.type());
  }

  private void runs() {
    if (!report.runs().isEmpty()) {
      section("Detections", "Found by the firmware, drawn on the original photos.");
      report.runs().forEach(run -> RunSection.write(html, report, run));
      html.close();
    }
  }

  private void tasks() {
    if (!report.times().tasks().isEmpty()) {
      String idle =
          deployment.board().emulated() ? " An emulator that idles waits in the PC's time." : "";
      section(
          "Tasks",
          "Whose the core was while the images were in work, " + report.word() + "." + idle);
      TaskTable.write(html, report);
      html.close();
    }
  }

  private void sizes() {
    if (!report.footprint().regions().isEmpty()) {
      section("Predicted and linked sizes", "Planned before the build, and found by the linker.");
      SizeTable.write(html, report.footprint());
      html.close();
    }
  }

  private String layersNote() {
    return report
        .profiled()
        .map(
            run ->
                "Ticks are "
                    + report.word()
                    + " "
                    + report.tickUnit()
                    + ", of "
                    + run.image()
                    + (deployment.board().emulated()
                        ? "; an emulator counts no time of the board, no cache and no flash wait."
                        : "."))
        .orElse("No run has counted ticks yet.");
  }

  private void footer() {
    html.open("footer");
    html.element("p", "Model SHA-256 " + deployment.model().sha256());
    html.element("p", "Layout SHA-256 " + deployment.layoutSha256());
    html.element("p", "Fovea " + deployment.generator());
    html.close().line();
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String css() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css", e);
    }
  }
}
