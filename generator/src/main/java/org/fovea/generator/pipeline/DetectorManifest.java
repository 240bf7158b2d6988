package org.fovea.generator.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;

/**
 * How pictures go into a model and boxes come out, as JSON in the form of deployment.json: for
 * running a model on the PC, with no board.
 */
public final class DetectorManifest {
  private DetectorManifest() {}

  /**
   * Of a model as the firmware runs it: int8 in, int8 out.
   *
   * @param thresholds in the place of the card's
   * @throws UserFault.ModelRejected when nothing is known of the model's boxes
   */
  public static byte[] of(Compiled compiled, ModelCard.Thresholds thresholds) {
    ModelCard card = card(compiled.model()).with(thresholds);
    return bytes(ManifestOf.detector(compiled.computation(), card).toJson());
  }

  /**
   * Of a model as somebody else's engine runs it, which may hold operators that Fovea does not run.
   *
   * @param thresholds in the place of the card's
   * @throws UserFault.ModelRejected when nothing is known of the model's boxes, or its ends are
   *     nothing that a board sends and takes
   */
  public static byte[] ofEngine(ModelFile model, ModelCard.Thresholds thresholds) {
    ModelCard card = card(model).with(thresholds);
    return bytes(ManifestOf.detector(NetworkEnds.of(model), card).toJson());
  }

  /**
   * Of a float model: its input is the pixels, 0 to 255, that its card's scale and offset have
   * still to be applied to.
   *
   * @param thresholds in the place of the card's
   * @param pixels that a picture is turned into and back
   * @throws UserFault.ModelRejected when nothing is known of the model's boxes
   * @throws UserFault.UsageRefused when the input cannot be made of such pixels
   */
  public static byte[] ofFloat(
      ModelFile model, ModelCard.Thresholds thresholds, PixelFormat pixels) {
    ModelCard card = card(model).with(thresholds);
    Camera.check(model, pixels);
    return bytes(ManifestOf.floatDetector(model.graph(), card, pixels).toJson());
  }

  /**
   * Of real numbers that a model gave, wherever it ran.
   *
   * @param image 1 x height x width x channels
   * @param outputs that the card was held against
   */
  public static byte[] ofOutputs(ModelCard card, Shape image, List<Shape> outputs) {
    return bytes(ManifestOf.outputs(card, image, outputs).toJson());
  }

  /**
   * The card of a model.
   *
   * @throws UserFault.ModelRejected when it has none
   */
  public static ModelCard card(ModelFile model) {
    return model
        .card()
        .orElseThrow(
            () ->
                new UserFault.ModelRejected(
                    List.of(
                        new Finding(
                            model.path().toString(),
                            "has no model card",
                            "without anchors and labels there are no boxes",
                            "write model.yaml beside it: docs/ADDING.md, A model card"))));
  }

  /** For a model of which nothing is known: the common way of pictures, and no boxes. */
  public static ModelCard plainCard() {
    return new ModelCard(
        "",
        "",
        "",
        "",
        ModelCard.Weights.UNKNOWN,
        List.of(),
        ManifestOf.spec(Optional.empty()),
        List.of(),
        new ModelCard.Thresholds(0.5, 0.5, 100),
        List.of(),
        List.of());
  }

  /** SHA-256 of all that a card says about pictures and boxes: its thresholds apart. */
  public static String digest(ModelFile model) {
    ModelCard card = card(model);
    return ModelFile.sha256(bytes(card.input() + "\n" + card.heads() + "\n" + card.labels()));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
