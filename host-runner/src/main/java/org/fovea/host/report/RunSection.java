package org.fovea.host.report;

import java.util.Base64;
import java.util.Locale;
import org.fovea.host.detect.Box;
import org.fovea.host.detect.Detection;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.Answers;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.PhotoWriter;

/** One image: the annotated photo, its detections, times, memory marks and log. */
final class RunSection {
  private RunSection() {}

  static void write(Html html, Report report, RunResult run) {
    html.open("article", "class", "run");
    String data = Base64.getEncoder().encodeToString(PhotoWriter.jpeg(run.annotated()));
    html.single(
        "img", "alt", "detections on " + run.image(), "src", "data:image/jpeg;base64," + data);
    html.line().open("div");
    html.element("h3", run.image());
    detections(html, run);
    facts(html, report, run);
    memory(html, report, run);
    log(html, run);
    html.close().close().line();
  }

  private static void detections(Html html, RunResult run) {
    if (run.detections().isEmpty()) {
      html.element("p", "No object above the score threshold.", "class", "quiet");
      return;
    }
    html.open("table").open("thead").open("tr").element("th", "object");
    html.element("th", "score", "class", "n").element("th", "box, px", "class", "n");
    html.close().close().open("tbody");
    for (Detection detection : run.detections()) {
      String colour = String.format(Locale.ROOT, "#%06x", Annotator.colour(detection.classIndex()));
      html.open("tr").open("td").element("i", "", "class", "dot", "style", "background:" + colour);
      html.text(detection.label()).close();
      html.element("td", Figures.decimal(detection.score(), 3), "class", "n");
      html.element("td", box(detection.box()), "class", "n nowrap").close();
    }
    html.close().close().line();
  }

  private static String box(Box box) {
    return String.format(
        Locale.ROOT, "%.0f, %.0f – %.0f, %.0f", box.left(), box.top(), box.right(), box.bottom());
  }

  private static void facts(Html html, Report report, RunResult run) {
    html.open("dl");
    fact(html, "image over the line", Figures.decimal(run.transferSeconds(), 2) + " s");
    fact(html, "then until done", Figures.decimal(run.inferenceSeconds(), 2) + " s, host's clock");
    run.intervalSeconds()
        .ifPresent(
            s ->
                fact(
                    html,
                    "since the last result",
                    Figures.decimal(s, 2) + " s, " + report.word() + ", host's clock"));
    if (!run.ticks().isEmpty()) {
      fact(html, "inference", report.amount(run.totalTicks()) + ", " + report.word());
    }
    for (TensorDifference difference : run.differences()) {
      fact(html, "output " + difference.output() + " beside the PC's", difference.text());
    }
    html.close().line();
  }

  private static void memory(Html html, Report report, RunResult run) {
    if (run.memory().isEmpty()) {
      return;
    }
    html.element("h4", "High-water marks on the board, " + report.word()).open("dl");
    for (Answers.Memory.Entry entry : run.memory()) {
      String bound =
          report
              .footprint()
              .stack(entry.name())
              .map(s -> ", bound " + Figures.whole(s.bound()) + " B")
              .orElse("");
      fact(
          html,
          entry.name(),
          Figures.whole(entry.used()) + " of " + Figures.whole(entry.size()) + " B" + bound);
    }
    html.close().line();
  }

  private static void log(Html html, RunResult run) {
    if (!run.log().isEmpty()) {
      html.open("details").element("summary", "Log, " + run.log().size() + " lines");
      html.element("pre", String.join("\n", run.log())).close().line();
    }
  }

  static void fact(Html html, String name, String value) {
    html.element("dt", name).element("dd", value);
  }
}
