package org.fovea.generator.card;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/**
 * What is known of a model beside its file. At least one head; as many labels as the heads have
 * classes, or one where the score is objectness alone.
 *
 * @param files that the card describes; may be empty
 * @param accuracy what its files scored, and how to see it again; may be empty
 * @param board that it is best tried on
 * @param verdict what to expect where, in words; may be empty
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
    List<Accuracy> accuracy,
    Optional<String> board,
    String verdict) {

  /** Where the weights come from. */
  public enum Weights {
    TRAINED,
    /** Right topology, meaningless weights: the model finds nothing in pictures. */
    PSEUDO_RANDOM,
    UNKNOWN
  }

  /**
   * A file of the model, as far as its source says what it is.
   *
   * @param sha256 64 hexadecimal digits, lower case
   * @param sha1 40 of them
   * @param bytes its size
   */
  public record ModelFile(
      String file, Optional<String> sha256, Optional<String> sha1, Optional<Long> bytes) {

    public ModelFile(String file, String sha256) {
      this(file, Optional.of(sha256), Optional.empty(), Optional.empty());
    }

    /** Whether there is a hash to know it by. */
    public boolean hasHash() {
      return sha256.isPresent() || sha1.isPresent();
    }

    /** Whether a file is this one, by the hash; false where there is none. */
    public boolean is(Digests digests) {
      return hasHash()
          && sha256.map(digests.sha256()::equals).orElse(true)
          && sha1.map(digests.sha1()::equals).orElse(true);
    }
  }

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

  /** A card of which no board is known. */
  public ModelCard(
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
    this(
        id,
        name,
        source,
        licence,
        weights,
        files,
        input,
        heads,
        thresholds,
        labels,
        accuracy,
        Optional.empty(),
        "");
  }

  public ModelCard {
    files = List.copyOf(files);
    heads = List.copyOf(heads);
    labels = List.copyOf(labels);
    accuracy = List.copyOf(accuracy);
  }

  /** What the file with this hash scored. */
  public List<Accuracy> accuracyOf(String sha256) {
    return files.stream()
        .filter(f -> f.sha256().filter(sha256::equals).isPresent())
        .flatMap(f -> accuracy.stream().filter(a -> a.file().equals(f.file())))
        .toList();
  }

  /** The same with other thresholds. */
  public ModelCard with(Thresholds other) {
    return new ModelCard(
        id, name, source, licence, weights, files, input, heads, other, labels, accuracy, board,
        verdict);
  }

  /** Whether one of its files has this hash. */
  public boolean describes(Digests digests) {
    return files.stream().anyMatch(f -> f.is(digests));
  }

  /** Whether it lists a file by hash, or by its name alone. */
  boolean lists(String name, Digests digests) {
    return describes(digests)
        || files.stream().anyMatch(f -> !f.hasHash() && f.file().equals(name));
  }

  /** What does not fit between this card and a model with these shapes; empty when all does. */
  public List<Finding> checkAgainst(Shape inputShape, List<Shape> outputShapes) {
    return new CardCheck(this, inputShape, outputShapes).findings();
  }
}
