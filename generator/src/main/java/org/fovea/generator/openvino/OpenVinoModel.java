package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;

/**
 * An imported network.
 *
 * @param graph float32, NHWC; one input, an image
 * @param outputs as the file has them, one for each of the graph's
 * @param inputScale what the file's first layers multiply each channel of the image by, which the
 *     graph does not do
 * @param inputShift what they add to it after
 * @param notes what was written another way or left out, a sentence each
 */
public record OpenVinoModel(
    Graph graph,
    List<Output> outputs,
    List<Double> inputScale,
    List<Double> inputShift,
    List<String> notes) {

  /** Order of the numbers of an output in the file; the graph's are always NHWC. */
  public enum Form {
    NCHW,
    NHWC,
    /** RegionYolo's. */
    REGION
  }

  /**
   * One result of the file.
   *
   * @param head of RegionYolo, which stood before it
   */
  public record Output(String name, Form form, Optional<Head.Grid> head) {}

  public OpenVinoModel {
    outputs = List.copyOf(outputs);
    inputScale = List.copyOf(inputScale);
    inputShift = List.copyOf(inputShift);
    notes = List.copyOf(notes);
  }

  /** Those of RegionYolo, where every output has one and they agree in their classes. */
  public List<Head.Grid> heads() {
    List<Head.Grid> heads = outputs.stream().flatMap(o -> o.head().stream()).toList();
    boolean alike = heads.stream().map(Head.Grid::classes).distinct().count() == 1;
    return heads.size() == outputs.size() && alike ? heads : List.of();
  }
}
