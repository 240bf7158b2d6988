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
   * beside it, if that lists the file or lists none; else the bundled card that knows the hash. A
   * card beside the model that lists the file with another hash is refused.
   *
   * @param digests of the model file
   */
  public static Optional<ModelCard> find(Path model, Digests digests) {
    return beside(model, ownCard(model), digests)
        .or(() -> shared(model, digests))
        .or(() -> all().stream().filter(card -> card.describes(digests)).findFirst());
  }

  /**
   * A card that ships with Fovea, or the user's own.
   *
   * @param idOrFile an id, or the path of a YAML file
   * @throws ModelRejected when there is none such
   */
  public static ModelCard named(String idOrFile) {
    Path file = Path.of(idOrFile);
    if (Files.isRegularFile(file)) {
      return parse(YamlFile.of(file, ModelRejected::new));
    }
    return find(idOrFile)
        .orElseThrow(
            () ->
                new ModelRejected(
                    List.of(
                        new Finding(
                            idOrFile,
                            "is no model card",
                            "it is no file, and none of "
                                + String.join(", ", all().stream().map(ModelCard::id).toList()),
                            "name one of these, or the path of a model.yaml"))));
  }

  private static Optional<ModelCard> shared(Path model, Digests digests) {
    return beside(model, model.resolveSibling("model.yaml"), digests)
        .filter(c -> c.files().isEmpty() || c.lists(name(model), digests));
  }

  private static Optional<ModelCard> beside(Path model, Path cardFile, Digests digests) {
    if (!Files.isRegularFile(cardFile)) {
      return Optional.empty();
    }
    ModelCard card = parse(YamlFile.of(cardFile, ModelRejected::new));
    boolean changed =
        card.files().stream()
            .anyMatch(f -> f.file().equals(name(model)) && f.hasHash() && !f.is(digests));
    if (changed && !card.describes(digests)) {
      throw new ModelRejected(
          List.of(
              new Finding(
                  cardFile.toString(),
                  "lists " + name(model) + " with another hash",
                  "the file's SHA-256 is "
                      + digests.sha256()
                      + ", so the card may describe another model",
                  "restore the model file, or correct the hash in the card")));
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
