package org.fovea.generator.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.card.ModelCards;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.openvino.CardImport;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.openvino.OpenVinoModel;

/** OpenVINO's .xml and .bin as a float model. */
public record IrModel(ModelFile file, OpenVinoModel model) {

  /**
   * Reads both, and the card beside them, if there is one: it describes the .xml file's outputs.
   *
   * @throws UserFault.ModelRejected with everything that is in the way
   */
  public static IrModel read(Path xml) {
    return of(xml, IrFiles.read(xml));
  }

  /** The same of files that are read already. */
  public static IrModel of(Path xml, IrFiles files) {
    OpenVinoModel model = files.model();
    String name = String.valueOf(xml.getFileName());
    ModelFile alone = new ModelFile(xml, name, files.sha256(), model.graph(), Optional.empty());
    return new IrModel(
        ModelCards.find(xml, files.digests())
            .map(own -> alone.with(CardImport.of(own, model)))
            .orElse(alone),
        model);
  }

  /**
   * The model with a card: its own, or one made of the file's RegionYolo where it has none.
   *
   * @param labels of the made one
   * @throws UserFault.UsageRefused when there are more or fewer labels than classes, or its own
   *     card has labels already
   */
  public ModelFile withCard(Optional<List<String>> labels) {
    Optional<ModelCard> card = conversion(labels).card();
    return file.card().isPresent()
        ? file
        : new ModelFile(file.path(), file.name(), file.sha256(), file.graph(), card);
  }

  /** The model as a .tflite file would be, with the card that goes beside it. */
  public Conversion conversion(Optional<List<String>> labels) {
    if (file.card().isPresent() && labels.isPresent()) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  "--names",
                  "comes with a model that has a card",
                  "the card of " + file.name() + " has its labels",
                  "leave --names away, or correct the card")));
    }
    return file.card().isPresent()
        ? new Conversion(model.graph(), file.card().map(IrModel::ofNoFile))
        : Conversion.of(
            model, file.name().replaceAll("\\.xml$", ""), "OpenVINO: " + file.name(), labels);
  }

  private static ModelCard ofNoFile(ModelCard card) {
    return new ModelCard(
        card.id(),
        card.name(),
        card.source(),
        card.licence(),
        card.weights(),
        List.of(),
        card.input(),
        card.heads(),
        card.thresholds(),
        card.labels(),
        List.of(),
        card.board(),
        card.verdict());
  }
}
