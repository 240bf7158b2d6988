package org.fovea.generator.darknet;

import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Shape;

/**
 * An imported network.
 *
 * @param graph float32; one input, an image; one output for each detection layer, or the last
 *     layer's where there is none
 * @param layers as Darknet counts them, from 0
 * @param heads one for each output, in its order; none where a card could not describe them all
 * @param letterbox whether pictures keep their aspect ratio; otherwise they are stretched
 * @param notes what could not be carried over or was written another way, a sentence each
 */
public record DarknetModel(
    Graph graph,
    List<LayerSummary> layers,
    List<Head.Grid> heads,
    boolean letterbox,
    List<String> notes) {

  /** One layer of the .cfg file. */
  public record LayerSummary(String kind, Shape output) {}

  public DarknetModel {
    layers = List.copyOf(layers);
    heads = List.copyOf(heads);
    notes = List.copyOf(notes);
  }
}
