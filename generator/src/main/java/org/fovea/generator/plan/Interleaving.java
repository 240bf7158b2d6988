package org.fovea.generator.plan;

/**
 * The order of a segment's bands: always the deepest layer that has its rows and whose own rows are
 * wanted. A layer's rows are wanted when a later layer of the segment lacks them, or when none of
 * them waits for any more.
 */
final class Interleaving {
  private final Dataflow flow;
  private final Segment segment;
  private final Bands bands;
  private final int[] done;
  private final int[][] readers;

  private Interleaving(Dataflow flow, Segment segment, Bands bands) {
    this.flow = flow;
    this.segment = segment;
    this.bands = bands;
    this.done = new int[segment.layers()];
    this.readers = readers(flow, segment);
  }

  /** Appends the segment's bands. */
  static void append(Dataflow flow, Segment segment, Bands bands) {
    Interleaving interleaving = new Interleaving(flow, segment, bands);
    int deepest = segment.lastLayer();
    while (deepest >= segment.firstLayer()) {
      interleaving.compute(interleaving.ready(deepest));
      while (deepest >= segment.firstLayer() && interleaving.isDone(deepest)) {
        deepest--;
      }
    }
  }

  /** Layers of the segment that read each layer of it. */
  private static int[][] readers(Dataflow flow, Segment segment) {
    int[][] readers = new int[segment.layers()][0];
    for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
      for (int input : flow.inputs(layer)) {
        int producer = input - 1 - segment.firstLayer();
        if (producer >= 0) {
          int[] longer = java.util.Arrays.copyOf(readers[producer], readers[producer].length + 1);
          longer[longer.length - 1] = layer;
          readers[producer] = longer;
        }
      }
    }
    return readers;
  }

  private int ready(int deepest) {
    for (int layer = deepest; layer >= segment.firstLayer(); layer--) {
      if (!isDone(layer) && hasItsRows(layer) && isWanted(layer)) {
        return layer;
      }
    }
    throw new IllegalStateException("no layer of " + segment + " can go on");
  }

  private void compute(int layer) {
    int at = done[layer - segment.firstLayer()];
    int rows = nextRows(layer);
    bands.add(layer, at, rows);
    done[layer - segment.firstLayer()] = at + rows;
  }

  private int nextRows(int layer) {
    return Math.min(
        segment.bandRows(), flow.height(layer + 1) - done[layer - segment.firstLayer()]);
  }

  private boolean isDone(int layer) {
    return done[layer - segment.firstLayer()] == flow.height(layer + 1);
  }

  private boolean hasItsRows(int layer) {
    for (int input : flow.inputs(layer)) {
      if (lacks(layer, input)) {
        return false;
      }
    }
    return true;
  }

  /** Tensors from outside are there, the image comes when it is asked for. */
  private boolean lacks(int layer, int input) {
    int producer = input - 1 - segment.firstLayer();
    return producer >= 0
        && flow.lastRow(layer, done[layer - segment.firstLayer()], nextRows(layer), input)
            >= done[producer];
  }

  private boolean isWanted(int layer) {
    boolean waited = false;
    for (int reader : readers[layer - segment.firstLayer()]) {
      if (!isDone(reader)) {
        if (lacks(reader, layer + 1)) {
          return true;
        }
        waited = true;
      }
    }
    return !waited;
  }
}
