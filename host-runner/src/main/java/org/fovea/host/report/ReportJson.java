package org.fovea.host.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.fovea.host.detect.DetectionsJson;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;
import org.fovea.host.manifest.Layer;
import org.fovea.host.manifest.Memory;

/** The page's data as JSON, keys in a fixed order. */
final class ReportJson {
  private static final int FORMAT = 1;

  private ReportJson() {}

  static ObjectNode of(Report report) {
    Deployment deployment = report.deployment();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("generator", deployment.generator());
    root.put("layout_sha256", deployment.layoutSha256());
    model(root.putObject("model"), deployment);
    board(root.putObject("board"), deployment);
    root.put("rtos", deployment.rtos());
    deployment.engine().ifPresent(engine -> root.put("engine", engine.name()));
    verdict(root.putObject("verdict"), report);
    deployment.memory().regions().forEach(region -> region(root.withArray("memory"), region));
    footprint(root.putObject("footprint"), report.footprint());
    deployment.layers().forEach(layer -> layer(root.withArray("layers"), layer, report));
    ArrayNode runs = root.putArray("runs");
    report.runs().forEach(run -> run(runs.addObject(), run, report));
    tasks(root.putObject("tasks"), report);
    return root;
  }

  private static void model(ObjectNode node, Deployment deployment) {
    node.put("file", deployment.model().file());
    node.put("name", deployment.model().name());
    node.put("sha256", deployment.model().sha256());
    node.put("weights", lower(deployment.model().weights()));
    node.put("macs", deployment.model().macs());
  }

  private static void board(ObjectNode node, Deployment deployment) {
    node.put("id", deployment.board().id());
    node.put("name", deployment.board().name());
    node.put("cpu", deployment.board().cpu());
    node.put("verified", lower(deployment.board().verified()));
    node.put("emulated", deployment.board().emulated());
    node.put("twin_of", deployment.board().twinOf());
  }

  private static void verdict(ObjectNode node, Report report) {
    node.put("figures", report.word());
    node.put("tick_unit", report.tickUnit());
    node.put("compared_with_pc", report.allCompared());
    node.put("bit_exact", report.allCompared() && report.firstDifference().isEmpty());
    node.put("first_different_layer", report.firstDifference().orElse(-1));
    node.put("built", !report.footprint().regions().isEmpty());
    node.put("sizes_as_predicted", report.sizesHold());
    node.put("stacks_within_bounds", report.stacksHold());
  }

  private static void region(ArrayNode regions, Memory.Region region) {
    ObjectNode node = regions.addObject();
    node.put("name", region.name());
    node.put("base", "0x" + Figures.hex(region.base()));
    node.put("bytes", region.bytes());
    node.put("kind", lower(region.kind()));
    node.put("used", region.used());
    ArrayNode uses = node.putArray("uses");
    for (Memory.Use use : region.uses()) {
      uses.addObject()
          .put("name", use.name())
          .put("section", use.section())
          .put("bytes", use.bytes())
          .put("exact", use.exact());
    }
  }

  private static void footprint(ObjectNode node, Footprint footprint) {
    node.put("compiler", footprint.compiler());
    node.put("elf", footprint.elf());
    ArrayNode sections = node.putArray("sections");
    for (Footprint.Region region : footprint.regions()) {
      for (Footprint.Section section : region.sections()) {
        sections
            .addObject()
            .put("region", region.name())
            .put("section", section.section())
            .put("use", section.use())
            .put("predicted", section.predicted())
            .put("linked", section.linked())
            .put("exact", section.exact())
            .put("holds", section.holds());
      }
    }
    ArrayNode stacks = node.putArray("stacks");
    for (Footprint.Stack stack : footprint.stacks()) {
      stacks
          .addObject()
          .put("name", stack.name())
          .put("bound", stack.bound())
          .put("reserved", stack.reserved());
    }
  }

  private static void layer(ArrayNode layers, Layer layer, Report report) {
    ObjectNode node = layers.addObject();
    node.put("index", layer.index());
    node.put("name", layer.name());
    layer.ops().forEach(node.withArray("ops")::add);
    layer.outputShape().forEach(node.withArray("output_shape")::add);
    node.put("kernel", layer.kernel());
    node.put("variant", layer.variant());
    node.put("reason", layer.reason());
    node.put("macs", layer.macs());
    node.put("weights_bytes", layer.weightsBytes());
    node.put("crc", lower(report.state(layer.index())));
  }

  private static void run(ObjectNode node, RunResult run, Report report) {
    node.put("image", run.image());
    node.set("detections", DetectionsJson.of(run.detections()));
    node.put("transfer_seconds", seconds(run.transferSeconds()));
    node.put("inference_seconds", seconds(run.inferenceSeconds()));
    run.intervalSeconds().ifPresent(s -> node.put("interval_seconds", seconds(s)));
    node.put("total_ticks", run.totalTicks());
    node.put("ticks_are", report.word() + " " + report.tickUnit());
    run.ticks().forEach(node.putArray("ticks")::add);
    ArrayNode device = node.putArray("device_crcs");
    run.deviceCrcs().forEach(crc -> device.add(Figures.hex(crc)));
    ArrayNode expected = node.putArray("expected_crcs");
    run.expectedCrcs().forEach(crc -> expected.add(Figures.hex(crc)));
    if (!report.deployment().isExact()) {
      run.differences().forEach(d -> difference(node.withArray("output_differences"), d));
    }
    ArrayNode memory = node.putArray("memory");
    run.memory()
        .forEach(
            entry ->
                memory
                    .addObject()
                    .put("name", entry.name())
                    .put("size", entry.size())
                    .put("used", entry.used()));
    run.log().forEach(node.putArray("log")::add);
  }

  private static void difference(ArrayNode differences, TensorDifference difference) {
    differences
        .addObject()
        .put("output", difference.output())
        .put("decibels", seconds(difference.decibels()))
        .put("steps", difference.steps())
        .put("differing", difference.differing())
        .put("values", difference.values());
  }

  private static void tasks(ObjectNode node, Report report) {
    node.put("ticks_are", report.word() + " " + report.tickUnit());
    node.put("ticks", report.times().ticks());
    node.put("longest_wait_ticks", report.times().longestWait());
    ArrayNode tasks = node.putArray("tasks");
    for (TaskTimes.Task task : report.times().tasks()) {
      tasks
          .addObject()
          .put("name", task.name())
          .put("ticks", task.ticks())
          .put("share", share(report.times().share(task)));
    }
  }

  private static BigDecimal share(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal seconds(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
