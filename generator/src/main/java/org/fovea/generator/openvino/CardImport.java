package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;

/**
 * Turns a card that describes an .xml file into one of the imported graph: what RegionYolo did,
 * heads do; numbers of an NCHW output lie as in NHWC; what the file's first layers did with the
 * image, the card's pixel scale and offset do.
 */
public final class CardImport {
  private static final String CORRECT = "correct 'heads' in the model card";

  private final ModelCard card;
  private final OpenVinoModel model;
  private final List<Finding> findings = new ArrayList<>();

  private CardImport(ModelCard card, OpenVinoModel model) {
    this.card = card;
    this.model = model;
  }

  /**
   * The card of the graph.
   *
   * @param card of the file, as its documentation says it
   * @throws ModelRejected with everything in which card and file contradict each other
   */
  public static ModelCard of(ModelCard card, OpenVinoModel model) {
    CardImport carried = new CardImport(card, model);
    List<Head> heads = carried.heads();
    if (!carried.findings.isEmpty()) {
      throw new ModelRejected(carried.findings);
    }
    return new ModelCard(
        card.id(),
        card.name(),
        card.source(),
        card.licence(),
        card.weights(),
        card.files(),
        carried.input(),
        heads,
        card.thresholds(),
        card.labels(),
        card.accuracy());
  }

  private InputSpec input() {
    InputSpec spec = card.input();
    return new InputSpec(
        spec.fit(),
        spec.resample(),
        spec.colorOrder(),
        IntStream.range(0, 3)
            .mapToObj(c -> spec.pixelScale().get(c) * model.inputScale().get(c))
            .toList(),
        IntStream.range(0, 3)
            .mapToObj(
                c ->
                    spec.pixelOffset().get(c) * model.inputScale().get(c)
                        + model.inputShift().get(c))
            .toList(),
        spec.padPixel());
  }

  private List<Head> heads() {
    List<Head> heads = card.heads().stream().map(this::head).toList();
    for (int i = 0; i < model.outputs().size(); i++) {
      int output = i;
      boolean described =
          card.heads().stream()
              .flatMap(h -> h.parts().stream())
              .anyMatch(p -> p.output() == output);
      if (!described) {
        reject(
            "has no head for output " + i + " '" + model.outputs().get(i).name() + "'",
            "the model has " + model.outputs().size() + " outputs",
            "describe each of them, or convert the model without it");
      }
    }
    return heads;
  }

  private Head head(Head head) {
    int output = head.parts().get(0).output();
    if (!(head instanceof Head.Grid grid)) {
      reject(
          "describes finished detections in output " + output,
          "the imported model ends before any suppression",
          CORRECT);
      return head;
    }
    if (output >= model.outputs().size()) {
      reject(
          "has a head in output " + output,
          "the model has " + model.outputs().size() + " outputs, counted from 0",
          CORRECT);
      return head;
    }
    OpenVinoModel.Output own = model.outputs().get(output);
    return own.head().isPresent() ? region(grid, own.head().get(), output) : plain(grid, own);
  }

  private Head region(Head.Grid mine, Head.Grid file, int output) {
    if (mine.family() != Head.Family.REGION && mine.family() != file.family()) {
      contradicts(output, "family " + mine.family(), file.family().toString());
    }
    if (mine.classes() != file.classes()) {
      contradicts(output, mine.classes() + " classes", "" + file.classes());
    }
    if (!mine.anchors().equals(file.anchors())) {
      contradicts(output, "anchors " + mine.anchors(), file.anchors().toString());
    }
    if (mine.stride() != file.stride()) {
      contradicts(output, "stride " + mine.stride(), "" + file.stride());
    }
    return file.in(List.of(output));
  }

  private void contradicts(int output, String card, String file) {
    reject("has " + card + " for output " + output, "the file's RegionYolo says " + file, CORRECT);
  }

  private Head plain(Head.Grid head, OpenVinoModel.Output own) {
    boolean channelsFirst = own.form() == OpenVinoModel.Form.NCHW;
    Head.Layout layout =
        channelsFirst ? Head.Layout.ANCHOR_VALUE_CELL : Head.Layout.CELL_ANCHOR_VALUE;
    if (head.isSplit() || head.layout() != layout) {
      reject(
          head.isSplit()
              ? "has a head in several outputs"
              : "has the layout " + head.layout() + " for '" + own.name() + "'",
          channelsFirst ? "the file's output is NCHW" : "the file's output is NHWC",
          "write 'output: 0' and 'layout: "
              + (channelsFirst ? "anchor-value-cell'" : "cell-anchor-value'"));
      return head;
    }
    return new Head.Grid(
        head.family(),
        head.outputs(),
        Head.Layout.CELL_ANCHOR_VALUE,
        head.stride(),
        head.anchors(),
        head.anchorUnit(),
        head.classes(),
        head.classActivation(),
        head.scaleXy());
  }

  private void reject(String what, String why, String remedy) {
    findings.add(new Finding("model card " + card.id(), what, why, remedy));
  }
}
