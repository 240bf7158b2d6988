package org.fovea.generator.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.Reach;

/**
 * Who reads what, by number: tensor 0 is the image, tensor i + 1 is the output of layer i. What the
 * search asks a million times.
 */
final class Dataflow {
  static final int IMAGE = 0;

  private final int layers;
  private final int[] heights;
  private final int[] rowBytes;
  private final int[][] inputs;
  private final int[] lastReaders;
  private final boolean[] outputs;
  private final Reach[] reaches;

  private Dataflow(Network network) {
    layers = network.layers().size();
    heights = new int[layers + 1];
    rowBytes = new int[layers + 1];
    inputs = new int[layers][];
    lastReaders = new int[layers + 1];
    outputs = new boolean[layers + 1];
    reaches = new Reach[layers];
    Arrays.fill(lastReaders, -1);
    Map<TensorId, Integer> numbers = new HashMap<>(Map.of(network.input().tensor(), IMAGE));
    size(IMAGE, network.input().shape());
    for (Layer layer : network.layers()) {
      int number = layer.index() + 1;
      size(number, layer.outputShape());
      reaches[layer.index()] = layer.kernel().reach();
      inputs[layer.index()] =
          layer.inputs().stream().mapToInt(numbers::get).sorted().distinct().toArray();
      for (int input : inputs[layer.index()]) {
        lastReaders[input] = layer.index();
      }
      numbers.put(layer.output(), number);
    }
    network.outputs().forEach(o -> outputs[numbers.get(o.tensor())] = true);
  }

  static Dataflow of(Network network) {
    return new Dataflow(network);
  }

  private void size(int tensor, Shape shape) {
    heights[tensor] = shape.height();
    rowBytes[tensor] = Math.multiplyExact(shape.width(), shape.channels());
  }

  int layers() {
    return layers;
  }

  int tensors() {
    return layers + 1;
  }

  int height(int tensor) {
    return heights[tensor];
  }

  int rowBytes(int tensor) {
    return rowBytes[tensor];
  }

  long bytes(int tensor) {
    return (long) heights[tensor] * rowBytes[tensor];
  }

  /** Tensors that a layer reads, each once. */
  int[] inputs(int layer) {
    return inputs[layer];
  }

  boolean isOutput(int tensor) {
    return outputs[tensor];
  }

  /** -1 when nothing reads it. */
  int lastReader(int tensor) {
    return lastReaders[tensor];
  }

  /** Whether the tensor is wanted when the layers up to {@code layer} are done. */
  boolean outlives(int tensor, int layer) {
    return outputs[tensor] || lastReaders[tensor] > layer;
  }

  /** First input row that a band needs, not below 0. */
  int firstRow(int layer, int row) {
    return Math.max(0, reaches[layer].first(row));
  }

  /** Last row of an input that a band needs; -1 when all of them are padding. */
  int lastRow(int layer, int row, int rows, int input) {
    return reaches[layer].lastInside(row, rows, heights[input]);
  }

  /**
   * Tensors that lie whole in memory while the layers {@code first..last} run, and are not theirs.
   */
  List<Integer> passing(int first, int last) {
    return java.util.stream.IntStream.rangeClosed(0, first)
        .filter(t -> outlives(t, last))
        .boxed()
        .toList();
  }
}
