package org.fovea.host.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.fovea.host.bench.Basis;
import org.fovea.host.detect.Detection;
import org.fovea.host.image.Annotator;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.session.InferenceResult;

/** What the page asks for again and again. */
final class MonitorJson {
  private static final int RATED_FRAMES = 10;
  private static final int SHOWN_LINES = 60;

  private final Deployment deployment;
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  MonitorJson(Deployment deployment, Basis basis) {
    this.deployment = deployment;
    node.put("board", deployment.board().name());
    node.put("model", deployment.model().file());
    node.put("rtos", deployment.rtos());
    node.put("figures", basis.word());
    node.put("unit", basis.unit());
    node.put("rows_of", deployment.input().height());
  }

  ObjectNode node() {
    return node;
  }

  void link(MonitorState.Link link, String words, long frames, long lost) {
    node.put("link", link.name().toLowerCase(Locale.ROOT));
    node.put("words", words);
    node.put("frames", frames);
    node.put("lost", lost);
  }

  void progress(int rows, int steps, int ofSteps) {
    node.put("rows", rows);
    node.put("steps", steps);
    node.put("steps_of", ofSteps);
  }

  void errors(long repeats, long damaged) {
    node.put("repeats", repeats);
    node.put("damaged", damaged);
  }

  void samples(List<MonitorState.Sample> samples) {
    ArrayNode latency = node.putArray("latency_ms");
    samples.forEach(s -> latency.add(ms(s.transferSeconds() + s.restSeconds())));
    if (samples.isEmpty()) {
      return;
    }
    MonitorState.Sample newest = samples.get(samples.size() - 1);
    node.put("transfer_ms", ms(newest.transferSeconds()));
    node.put("rest_ms", ms(newest.restSeconds()));
    MonitorState.Sample first = samples.get(Math.max(0, samples.size() - RATED_FRAMES));
    long nanos = newest.doneNanos() - first.doneNanos();
    if (nanos > 0) {
      double rate = (Math.min(samples.size(), RATED_FRAMES) - 1) * 1e9 / nanos;
      node.put("frames_per_second", Math.rint(100 * rate) / 100);
    }
  }

  void frame(String image, List<Detection> detections, InferenceResult result) {
    node.put("image", image);
    ArrayNode found = node.putArray("detections");
    for (Detection d : detections) {
      found
          .addObject()
          .put("label", d.label())
          .put("percent", Math.round(100 * d.score()))
          .put("colour", String.format(Locale.ROOT, "#%06x", Annotator.colour(d.classIndex())));
    }
    node.put("ticks", result.ticks().stream().mapToLong(Long::longValue).sum());
    ArrayNode layers = node.putArray("layers");
    for (int i = 0; i < result.ticks().size(); i++) {
      layers
          .addObject()
          .put("name", deployment.layers().get(i).name())
          .put("ticks", result.ticks().get(i));
    }
    ArrayNode memory = node.putArray("memory");
    result
        .memory()
        .forEach(
            m ->
                memory
                    .addObject()
                    .put("name", m.name())
                    .put("size", m.size())
                    .put("used", m.used()));
  }

  void log(List<String> lines) {
    ArrayNode log = node.putArray("log");
    lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).forEach(log::add);
  }

  private static double ms(double seconds) {
    return Math.rint(1e5 * seconds) / 100;
  }
}
