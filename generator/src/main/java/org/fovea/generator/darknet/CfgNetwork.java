package org.fovea.generator.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.Shape;

/** From sections to a network of layers with sizes, gathering everything that is wrong. */
final class CfgNetwork {
  /** Keys of all layers that matter in training only (parser.c, parse_network_cfg_custom). */
  private static final Set<String> TRAINING =
      Set.of(
          "clip",
          "onlyforward",
          "dont_update",
          "burnin_update",
          "stopbackward",
          "train_only_bn",
          "learning_rate",
          "assisted_excitation",
          "dot",
          "angle");

  /** Weights of a file that Fovea can read back, with room for the rest. */
  private static final long MAX_NUMBERS = 30_000_000;

  private static final int MAX_HEADS = 64;
  private static final int COLORS = 3;
  private static final Shape STAND_IN = Shape.nhwc(1, 1, 1);

  private final FileFindings findings;
  private final List<Layer> layers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Shape input = STAND_IN;

  private CfgNetwork(FileFindings findings) {
    this.findings = findings;
  }

  /**
   * @param size instead of the file's own
   */
  static Network read(byte[] cfg, Optional<ImageSize> size, FileFindings findings) {
    List<Section> sections = CfgReader.read(cfg, findings);
    CfgNetwork network = new CfgNetwork(findings);
    if (!findings.isEmpty() && sections.isEmpty()) {
      findings.rejectIfAny();
    }
    boolean letterbox = network.net(sections, size);
    sections.stream().skip(1).forEach(network::layer);
    network.checkWhole();
    findings.rejectIfAny();
    return new Network(network.input, network.layers, letterbox, network.notes);
  }

  /** Reads the first section; whether pictures are letterboxed. */
  private boolean net(List<Section> sections, Optional<ImageSize> size) {
    if (sections.isEmpty() || !sections.get(0).type().matches("net(work)?")) {
      findings.add(
          sections.isEmpty() ? 1 : sections.get(0).line(),
          "the first section is not [net]",
          "it says how large the network's input is",
          "name a Darknet .cfg file");
      return false;
    }
    Section net = sections.get(0);
    int width = net.integer("width", 0, 1, ImageSize.MAX);
    int height = net.integer("height", 0, 1, ImageSize.MAX);
    int channels = net.integer("channels", 0, 1, 64);
    if (width == 0 || height == 0 || channels == 0) {
      net.reject("lacks width, height or channels", "the input's size is unknown", "add them");
      return false;
    }
    input =
        size.map(s -> Shape.nhwc(s.height(), s.width(), channels))
            .orElse(Shape.nhwc(height, width, channels));
    return net.flag("letter_box");
  }

  private void layer(Section section) {
    int problems = findings.count();
    Shape in = shape(layers.size() - 1);
    LayerReader reader = new LayerReader(section, layers, input);
    Optional<Layer> layer =
        switch (section.type()) {
          case "convolutional", "conv" -> reader.convolutional(in);
          case "maxpool", "max" -> reader.maxPool(in);
          case "route" -> reader.route();
          case "shortcut" -> reader.shortcut(in);
          case "upsample" -> reader.upsample(in);
          case "dropout" -> reader.identity(in);
          case "region" -> head(section).region(in);
          case "yolo" -> head(section).yolo(in);
          default -> unknown(section);
        };
    if (!section.type().matches("region|yolo|dropout") && layer.isPresent()) {
      section.refuseOthers(TRAINING);
    }
    followsNoHead(section);
    boolean clean = findings.count() == problems;
    layers.add(
        layer.filter(l -> clean).orElse(new Layer.Identity(section.line(), layers.size() - 1, in)));
  }

  private HeadReader head(Section section) {
    long heads = layers.stream().filter(l -> l instanceof Layer.Detection).count();
    return new HeadReader(section, layers.size() - 1, (int) heads, input, notes);
  }

  private static Optional<Layer> unknown(Section section) {
    section.reject(
        "is a layer that Fovea does not carry over",
        "Fovea knows convolutional, maxpool, route, shortcut, upsample, dropout, region and yolo",
        "choose a network of these layers");
    return Optional.empty();
  }

  /** What a detection layer puts out in Darknet is activated, which a graph's output is not. */
  private void followsNoHead(Section section) {
    if (!layers.isEmpty()
        && layers.get(layers.size() - 1) instanceof Layer.Detection
        && !section.type().equals("route")) {
      section.reject(
          "follows a detection layer",
          "only [route] can go on from an earlier layer",
          "put a [route] between them");
    }
  }

  private Shape shape(int layer) {
    return layer < 0 ? input : layers.get(layer).output();
  }

  private void checkWhole() {
    boolean computes = layers.stream().anyMatch(l -> l instanceof Layer.Convolutional);
    if (findings.isEmpty() && !computes) {
      findings.add("", "has no convolutional layer", "there is nothing to run", "check the file");
    }
    long numbers = 0;
    for (int i = 0; i < layers.size(); i++) {
      numbers += written(i, layers.get(i));
    }
    if (numbers > MAX_NUMBERS) {
      findings.add(
          "",
          "the model would have " + numbers + " weights",
          "Fovea writes at most " + MAX_NUMBERS + ", far more than any board holds",
          "choose a smaller network");
    }
    checkHeads();
  }

  private void checkHeads() {
    List<Layer.Detection> heads =
        layers.stream()
            .flatMap(l -> l instanceof Layer.Detection d ? Stream.of(d) : Stream.empty())
            .toList();
    if (heads.isEmpty()) {
      notes.add("no [region] or [yolo] section: the last layer's output is the model's");
    }
    if (heads.size() > MAX_HEADS) {
      findings.add(
          heads.get(MAX_HEADS).line(),
          "has " + heads.size() + " detection layers",
          "Fovea knows at most " + MAX_HEADS,
          "choose a smaller network");
    }
    if (heads.stream().map(Layer.Detection::classes).distinct().count() > 1) {
      notes.add("the detection layers differ in their classes, which a model card cannot say");
    }
    if (input.channels() != COLORS) {
      notes.add("the input has " + input.channels() + " channels, and a model card wants 3");
    }
  }

  /** Weights in the .tflite file, which knows neither groups nor parts of channels. */
  private long written(int index, Layer layer) {
    if (layer instanceof Layer.Convolutional c) {
      boolean dense = c.groups() > 1 && !c.isDepthwise();
      if (dense) {
        notes.add("layer " + index + ": its " + c.groups() + " groups became one, with zeros");
      }
      return dense ? c.weights() * c.groups() : c.weights();
    }
    if (layer instanceof Layer.Route r && r.groups() > 1) {
      notes.add("layer " + index + ": a 1x1 convolution picks its part of the channels");
      return r.inputs().stream()
          .mapToLong(i -> (long) shape(i).channels() * (shape(i).channels() / r.groups()))
          .sum();
    }
    return 0;
  }
}
