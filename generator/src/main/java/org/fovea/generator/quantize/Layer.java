package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/**
 * What CONV_2D and DEPTHWISE_CONV_2D have in common. Weights are seen as one row a filter; its
 * columns are window rows, window columns and, for CONV_2D, input channels innermost.
 *
 * @param index of the operator in the graph
 * @param multiplier filters of one input channel; 0 where a filter sees all channels
 */
record Layer(
    int index,
    TensorId input,
    TensorId weights,
    TensorId bias,
    TensorId output,
    Window window,
    Padding padding,
    int multiplier,
    FusedActivation activation) {

  static Optional<Layer> of(int index, Op op) {
    if (op instanceof Op.Conv2d c) {
      return Optional.of(
          new Layer(
              index,
              c.input(),
              c.weights(),
              c.bias(),
              c.output(),
              c.window(),
              c.padding(),
              0,
              c.activation()));
    }
    return op instanceof Op.DepthwiseConv2d d
        ? Optional.of(
            new Layer(
                index,
                d.input(),
                d.weights(),
                d.bias(),
                d.output(),
                d.window(),
                d.padding(),
                d.depthMultiplier(),
                d.activation()))
        : Optional.empty();
  }

  /** All convolutions in order. */
  static List<Layer> all(Graph graph) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      of(i, graph.ops().get(i)).ifPresent(layers::add);
    }
    return layers;
  }

  boolean depthwise() {
    return multiplier > 0;
  }

  /** Axis of the weights that counts filters. */
  int axis() {
    return depthwise() ? 3 : 0;
  }

  int filters(Graph graph) {
    return graph.tensor(weights).shape().dim(axis());
  }

  int columns(Graph graph) {
    Shape shape = graph.tensor(weights).shape();
    return Math.toIntExact(shape.elements() / shape.dim(axis()));
  }

  /** Input channel that a filter's column multiplies. */
  int channel(int filter, int column, int channels) {
    return depthwise() ? filter / multiplier : column % channels;
  }

  float[][] rows(Graph graph) {
    float[] flat = Floats.of(graph.tensor(weights));
    float[][] rows = new float[filters(graph)][columns(graph)];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        rows[f][k] = flat[place(f, k, rows.length, rows[f].length)];
      }
    }
    return rows;
  }

  ConstData ofRows(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        flat[place(f, k, rows.length, rows[f].length)] = rows[f][k];
      }
    }
    return ConstData.ofFloat32(flat);
  }

  ConstData ofRows(byte[][] rows) {
    byte[] flat = new byte[rows.length * rows[0].length];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        flat[place(f, k, rows.length, rows[f].length)] = rows[f][k];
      }
    }
    return ConstData.of(flat);
  }

  private int place(int filter, int column, int filters, int columns) {
    return depthwise() ? column * filters + filter : filter * columns + column;
  }
}
