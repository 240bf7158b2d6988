package org.fovea.generator.card;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/**
 * What is known of a model beside its file. At least one head; as many labels as the heads have
 * classes, or one where the score is objectness alone.
 *
 * @param files that the card describes, known by their SHA-256; may be empty
 * @param accuracy what its files scored, and how to see it again; may be empty
 */
public record ModelCard(
    String id,
    String name,
    String source,
    String licence,
    Weights weights,
    List<ModelFile> files,
    InputSpec input,
    List<Head> heads,
    Thresholds thresholds,
    List<String> labels,
    List<Accuracy> accuracy) {

  /** Where the weights come from. */
  public enum Weights {
    TRAINED,
    /** Right topology, meaningless weights: the model finds nothing in pictures. */
    PSEUDO_RANDOM,
    UNKNOWN
  }

  /**
   * A file of the model.
   *
   * @param sha256 64 hexadecimal digits, lower case
   */
  public record ModelFile(String file, String sha256) {}

  /**
   * Average precision that a file reached, by pycocotools' definition.
   *
   * @param on which pictures and objects, in words
   * @param ap50 mean over the classes at an IoU of 0.5
   * @param ap the same, mean of the IoUs 0.50 to 0.95
   * @param command that gives the figures
   */
  public record Accuracy(String file, String on, double ap50, double ap, String command) {}

  /**
   * What is kept of the boxes, unless the user says otherwise.
   *
   * @param score least score
   * @param iou overlap above which the weaker of two boxes of a class is dropped
   */
  public record Thresholds(double score, double iou, int maxDetections) {}

  public ModelCard {
    files = List.copyOf(files);
    heads = List.copyOf(heads);
    labels = List.copyOf(labels);
    accuracy = List.copyOf(accuracy);
  }

  /** What the file with this hash scored. */
  public List<Accuracy> accuracyOf(String sha256) {
    return files.stream()
        .filter(f -> f.sha256().equals(sha256))
        .flatMap(f -> accuracy.stream().filter(a -> a.file().equals(f.file())))
        .toList();
  }

  /** The same with other thresholds. */
  public ModelCard with(Thresholds other) {
    return new ModelCard(
        id, name, source, licence, weights, files, input, heads, other, labels, accuracy);
  }

  boolean describes(String sha256) {
    return files.stream().anyMatch(f -> f.sha256().equals(sha256));
  }

  /** What does not fit between this card and a model with these shapes; empty when all does. */
  public List<Finding> checkAgainst(Shape inputShape, List<Shape> outputShapes) {
    List<Finding> findings = new ArrayList<>();
    if (!inputShape.isImage()) {
      findings.add(
          new Finding(
              "model card " + id,
              "the model's input is " + inputShape,
              "the card declares an image, 1 x height x width x channels",
              "use a model with an image input"));
      return findings;
    }
    for (Head head : heads) {
      for (Head.Part part : head.parts()) {
        if (part.output() < outputShapes.size()) {
          head.check(part, inputShape, outputShapes.get(part.output())).ifPresent(findings::add);
        } else {
          findings.add(missing(part, outputShapes.size()));
        }
      }
    }
    return findings;
  }

  private Finding missing(Head.Part part, int outputs) {
    return new Finding(
        "model card " + id,
        "a head on " + part.name(),
        "the model has " + outputs + " outputs, counted from 0",
        "correct 'output' in the model card");
  }
}
