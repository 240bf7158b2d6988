package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;

/** Input and outputs of a model that an engine computes, whatever lies between them. */
final class NetworkEnds {
  private static final int DIMENSIONS = 4;

  private NetworkEnds() {}

  /**
   * Of an image that is int8 or uint8, and outputs that are int8, or float32 made of it.
   *
   * @throws UserFault.ModelRejected with every end that is nothing of this kind
   */
  static Network of(ModelFile model) {
    Graph graph = model.graph();
    List<Finding> findings = new ArrayList<>();
    if (graph.inputs().size() != 1) {
      findings.add(
          new Finding(
              model.name(),
              "has " + graph.inputs().size() + " inputs",
              "a project sends one image",
              "compile a model whose only input is the image"));
    }
    graph.inputs().forEach(id -> input(model, graph.tensor(id), findings));
    graph.outputs().forEach(id -> output(model, graph.tensor(id), findings));
    if (!findings.isEmpty()) {
      throw new UserFault.ModelRejected(findings);
    }
    return Lowering.ends(graph);
  }

  private static void input(ModelFile model, Tensor image, List<Finding> findings) {
    boolean shaped =
        image.shape().rank() == DIMENSIONS
            && image.shape().dim(0) == 1
            && (image.shape().channels() == 1 || image.shape().channels() == 3);
    boolean typed = image.type() == DataType.UINT8 || image.type() == DataType.INT8;
    if (!shaped || !typed || !(image.quantization() instanceof Quantization.PerTensor)) {
      findings.add(
          new Finding(
              model.name() + ", input " + image.name(),
              "is " + image.type() + " " + image.shape(),
              "an engine gets one image of 1 or 3 channels, int8 or uint8 with one scale",
              "export the model with an integer input, and compile that file"));
    }
  }

  private static void output(ModelFile model, Tensor output, List<Finding> findings) {
    Tensor stored = stored(model.graph(), output);
    boolean whole =
        stored.type() == DataType.INT8
            && stored.quantization() instanceof Quantization.PerTensor
            && stored.shape().elements() == output.shape().elements()
            && output.shape().rank() <= DIMENSIONS;
    if (!whole) {
      findings.add(
          new Finding(
              model.name() + ", output " + output.name(),
              "is " + output.type() + " " + output.shape() + ", made of " + stored.type(),
              "boards give int8 tensors with one scale, of four dimensions at most",
              "export the model with int8 outputs, or float32 ones that a DEQUANTIZE makes"));
    }
  }

  /** The tensor in front of the operators that cost nothing. */
  private static Tensor stored(Graph graph, Tensor tensor) {
    TensorId id = tensor.id();
    for (Op op : graph.ops()) {
      boolean free = op instanceof Op.Dequantize || op instanceof Op.Reshape;
      if (free && op.outputs().contains(id)) {
        return stored(graph, graph.tensor(op.inputs().get(0)));
      }
    }
    return tensor;
  }
}
