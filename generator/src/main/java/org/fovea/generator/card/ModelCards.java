package org.fovea.generator.card;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.yaml.YamlFile;

/** Finds the card of a model file: the user's own beside it, else one that ships with Fovea. */
public final class ModelCards {
  private static final String FOLDER = "models/";

  private ModelCards() {}

  /** The cards that ship with Fovea, in the order of their ids. */
  public static List<ModelCard> all() {
    return YamlFile.bundled(FOLDER + "index.txt").lines().stream()
        .map(id -> parse(YamlFile.bundled(FOLDER + id + "/model.yaml")))
        .toList();
  }

  /** A card that ships with Fovea. */
  public static Optional<ModelCard> find(String id) {
    return all().stream().filter(card -> card.id().equals(id)).findFirst();
  }

  /**
   * The card of this model: {@code NAME.yaml} beside {@code NAME.tflite}; else {@code model.yaml}
   * beside it, if that lists the file or lists none; else the bundled card that knows the digest. A
   * card beside the model that lists the file with another digest is refused.
   *
   * @param sha256 of the model file, 64 hexadecimal digits in lower case
   */
  public static Optional<ModelCard> find(Path model, String sha256) {
    return beside(model, ownCard(model), sha256)
        .or(() -> shared(model, sha256))
        .or(() -> all().stream().filter(card -> card.describes(sha256)).findFirst());
  }

  private static Optional<ModelCard> shared(Path model, String sha256) {
    return beside(model, model.resolveSibling("model.yaml"), sha256)
        .filter(c -> c.files().isEmpty() || c.describes(sha256));
  }

  private static Optional<ModelCard> beside(Path model, Path cardFile, String sha256) {
    if (!Files.isRegularFile(cardFile)) {
      return Optional.empty();
    }
    ModelCard card = parse(YamlFile.of(cardFile, ModelRejected::new));
    boolean changed =
        card.files().stream()
            .anyMatch(f -> f.file().equals(name(model)) && !f.sha256().equals(sha256));
    if (changed && !card.describes(sha256)) {
      throw new ModelRejected(
          List.of(
              new Finding(
                  cardFile.toString(),
                  "lists " + name(model) + " with another SHA-256",
                  "the file is " + sha256 + ", so the card may describe another model",
                  "restore the model file, or correct sha256 in the card")));
    }
    return Optional.of(card);
  }

  private static Path ownCard(Path model) {
    String name = name(model);
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".yaml");
  }

  private static String name(Path model) {
    return String.valueOf(model.getFileName());
  }

  static ModelCard parse(YamlFile file) {
    return file.read(CardSchema::read, ModelRejected::new);
  }
}
