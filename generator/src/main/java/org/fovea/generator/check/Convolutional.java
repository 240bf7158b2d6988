package org.fovea.generator.check;

import java.util.Optional;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/**
 * What CONV_2D and DEPTHWISE_CONV_2D have in common.
 *
 * @param channelAxis the axis of the weights that counts output channels
 */
record Convolutional(
    TensorId input,
    TensorId weightsId,
    TensorId biasId,
    TensorId output,
    Window window,
    Padding padding,
    int channelAxis) {

  static Optional<Convolutional> of(Op op) {
    if (op instanceof Op.Conv2d c) {
      return Optional.of(
          new Convolutional(
              c.input(), c.weights(), c.bias(), c.output(), c.window(), c.padding(), 0));
    }
    return op instanceof Op.DepthwiseConv2d d
        ? Optional.of(
            new Convolutional(
                d.input(), d.weights(), d.bias(), d.output(), d.window(), d.padding(), 3))
        : Optional.empty();
  }

  boolean depthwise() {
    return channelAxis == 3;
  }

  Tensor weights(Graph graph) {
    return graph.tensor(weightsId);
  }

  Tensor bias(Graph graph) {
    return graph.tensor(biasId);
  }

  int channels(Graph graph) {
    return weights(graph).shape().dim(channelAxis);
  }

  /** The weights' shape that input, window and output ask for. */
  Shape expectedWeights(Graph graph) {
    int ins = graph.tensor(input).shape().channels();
    int outs = graph.tensor(output).shape().channels();
    return depthwise()
        ? Shape.of(1, window.height(), window.width(), outs)
        : Shape.of(outs, window.height(), window.width(), ins);
  }
}
