package org.fovea.generator.darknet;

/**
 * The numbers of a convolution with its batch normalisation folded in: {@code (sum - mean) /
 * sqrt(variance + 1e-5) * scale + bias}, in double (network.c, fuse_conv_batchnorm). The epsilon
 * stands inside the root, as in AlexeyAB's Darknet and on the GPU in every Darknet.
 */
final class FoldedConvolution {
  private static final double EPSILON = .00001;

  /** [filter][channel of the group][row][column]. */
  private final float[] weights;

  private final float[] bias;

  private FoldedConvolution(float[] weights, float[] bias) {
    this.weights = weights;
    this.bias = bias;
  }

  /** Reads the next layer of the file: biases, then scales, means and variances, then weights. */
  static FoldedConvolution read(WeightsFile file, Layer.Convolutional conv) {
    int filters = conv.filters();
    float[] bias = file.take(filters);
    if (!conv.batchNormalize()) {
      return new FoldedConvolution(file.take(Math.toIntExact(conv.weights())), bias);
    }
    float[] scales = file.take(filters);
    float[] means = file.take(filters);
    float[] variances = file.take(filters);
    float[] weights = file.take(Math.toIntExact(conv.weights()));
    int perFilter = weights.length / filters;
    for (int f = 0; f < filters; f++) {
      // A variance below zero gives NaN, which isFinite() tells.
      double factor = scales[f] / Math.sqrt(variances[f] + EPSILON);
      bias[f] = (float) (bias[f] - factor * means[f]);
      for (int i = f * perFilter; i < (f + 1) * perFilter; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
    }
    return new FoldedConvolution(weights, bias);
  }

  boolean isFinite() {
    return isFinite(weights) && isFinite(bias);
  }

  private static boolean isFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  float[] bias() {
    return bias.clone();
  }

  /** Weights in TFLite's order [filter][row][column][channel], with zeros for other groups. */
  float[] ohwi(Layer.Convolutional conv) {
    int area = conv.window().height() * conv.window().width();
    int mine = conv.channelsPerGroup();
    int all = conv.in().channels();
    int filtersPerGroup = conv.filters() / conv.groups();
    float[] out = new float[conv.filters() * area * all];
    for (int f = 0; f < conv.filters(); f++) {
      int firstChannel = f / filtersPerGroup * mine;
      for (int c = 0; c < mine; c++) {
        for (int i = 0; i < area; i++) {
          out[(f * area + i) * all + firstChannel + c] = weights[(f * mine + c) * area + i];
        }
      }
    }
    return out;
  }

  /** Weights of a depthwise convolution in TFLite's order [row][column][filter]. */
  float[] hwo(Layer.Convolutional conv) {
    int area = conv.window().height() * conv.window().width();
    float[] out = new float[weights.length];
    for (int f = 0; f < conv.filters(); f++) {
      for (int i = 0; i < area; i++) {
        out[i * conv.filters() + f] = weights[f * area + i];
      }
    }
    return out;
  }
}
