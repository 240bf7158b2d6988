package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What an inference reads of one layer's weights, biases and requantisation. Every step of a plan
 * reads the constants of its channels once: rows that are computed in many short steps read them
 * often.
 *
 * @param bytes that they take in memory, alignment included
 * @param bytesRead by one inference
 * @param steps of the plan that read them
 */
public record LayerReads(int layer, long bytes, long bytesRead, int steps) {

  /** The layers that have any, in order. */
  public static List<LayerReads> of(MemoryPlan plan, Constants constants) {
    int layers = plan.network().layers().size();
    int[] steps = new int[layers];
    long[] channels = new long[layers];
    for (Step step : plan.steps()) {
      steps[step.layer()]++;
      channels[step.layer()] += step.channels();
    }
    long[] bytes = constants.layerBytes(layers);
    List<LayerReads> reads = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      if (bytes[i] > 0) {
        int all = plan.network().layers().get(i).outputShape().channels();
        reads.add(new LayerReads(i, bytes[i], bytes[i] * channels[i] / all, steps[i]));
      }
    }
    return reads;
  }
}
