package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.quantize.Settings.Step;

/**
 * Integers for filters that all see the same inputs, so that on the samples their outputs are those
 * of the float model, although the inputs are already the int8 model's.
 */
final class LayerFit {
  /** Beyond that, columns are taken in blocks, and errors of one are not made good in another. */
  private static final int BLOCK = 1152;

  private static final double DAMPING = 0.01;

  /** How much the weights are drawn towards the float model's. */
  private static final double PULL = 0.1;

  private final float[][] inputs;
  private final float[][] outputs;
  private final float[][] weights;
  private final double[] bias;
  private final Settings settings;
  private final double[] inputMeans;
  private final List<int[]> blocks = new ArrayList<>();

  /**
   * @param inputs a column of samples for each weight of a filter; changed
   * @param outputs a column of samples for each filter: what the float model has, unbiased samples
   *     or weighted alike with the inputs; changed
   * @param weights one row a filter
   */
  LayerFit(
      float[][] inputs, float[][] outputs, float[][] weights, double[] bias, Settings settings) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = weights;
    this.bias = bias;
    this.settings = settings;
    this.inputMeans = new double[inputs.length];
    int parts = (inputs.length + BLOCK - 1) / BLOCK;
    for (int p = 0; p < parts; p++) {
      int from = inputs.length * p / parts;
      int to = inputs.length * (p + 1) / parts;
      blocks.add(IntStream.range(from, to).toArray());
    }
  }

  /** Scales, integers and biases. */
  static final class Fitted {
    final byte[][] rows;
    final float[] scales;
    final double[] bias;

    Fitted(byte[][] rows, float[] scales, double[] bias) {
      this.rows = rows;
      this.scales = scales;
      this.bias = bias;
    }
  }

  Fitted fit(PerTensor input, float[] fixedScales) {
    double[] outputMeans = new double[outputs.length];
    double[] target = bias.clone();
    if (settings.has(Step.BIAS)) {
      center(inputs, inputMeans);
      center(outputs, outputMeans);
    } else {
      for (int f = 0; f < outputs.length; f++) {
        for (int s = 0; s < outputs[f].length; s++) {
          outputs[f][s] -= (float) bias[f];
        }
      }
    }
    double[][] wanted = wide(weights);
    List<LeastSquares> forms = new ArrayList<>();
    if (settings.has(Step.ROUNDING)) {
      for (int[] block : blocks) {
        forms.add(new LeastSquares(columns(block), DAMPING));
      }
      refit(wanted);
    }
    float[] scales = fixedScales.length > 0 ? fixedScales : scales(wanted, forms);
    scales = Int8Layer.holdingBias(scales, bias, input, settings.perTensorWeights());
    byte[][] rows = rounded(wanted, forms, scales);
    if (settings.has(Step.BIAS)) {
      for (int f = 0; f < rows.length; f++) {
        target[f] = outputMeans[f];
        for (int k = 0; k < inputs.length; k++) {
          target[f] -= (double) scales[f] * rows[f][k] * inputMeans[k];
        }
      }
    }
    return new Fitted(rows, scales, target);
  }

  private float[][] columns(int[] block) {
    return Arrays.copyOfRange(inputs, block[0], block[block.length - 1] + 1);
  }

  private static void center(float[][] columns, double[] means) {
    for (int k = 0; k < columns.length; k++) {
      double sum = 0;
      for (float v : columns[k]) {
        sum += v;
      }
      means[k] = sum / columns[k].length;
      for (int s = 0; s < columns[k].length; s++) {
        columns[k][s] -= (float) means[k];
      }
    }
  }

  /** Adds what least squares finds of the float model's output in the int8 model's inputs. */
  private void refit(double[][] wanted) {
    if (PULL <= 0) {
      return;
    }
    List<LeastSquares> pulled =
        blocks.stream().map(block -> new LeastSquares(columns(block), PULL)).toList();
    IntStream.range(0, wanted.length)
        .parallel()
        .forEach(
            f -> {
              float[] residual = residual(f);
              for (int b = 0; b < blocks.size(); b++) {
                double[] moved = pulled.get(b).solve(covariance(residual, blocks.get(b)));
                for (int k = 0; k < moved.length; k++) {
                  wanted[f][blocks.get(b)[k]] += moved[k] / blocks.size();
                }
              }
            });
  }

  private float[] residual(int filter) {
    float[] residual = outputs[filter].clone();
    for (int k = 0; k < inputs.length; k++) {
      float w = weights[filter][k];
      float[] column = inputs[k];
      for (int s = 0; s < residual.length; s++) {
        residual[s] -= w * column[s];
      }
    }
    return residual;
  }

  private double[] covariance(float[] residual, int[] block) {
    double[] covariance = new double[block.length];
    for (int k = 0; k < block.length; k++) {
      covariance[k] = LeastSquares.dot(residual, inputs[block[k]]) / residual.length;
    }
    return covariance;
  }

  private float[] scales(double[][] wanted, List<LeastSquares> forms) {
    float[][] narrow = new float[wanted.length][inputs.length];
    for (int f = 0; f < wanted.length; f++) {
      for (int k = 0; k < inputs.length; k++) {
        narrow[f][k] = (float) wanted[f][k];
      }
    }
    if (forms.isEmpty()) {
      return WeightScales.minmax(narrow, settings.perTensorWeights());
    }
    double[] importance = new double[inputs.length];
    for (int b = 0; b < blocks.size(); b++) {
      double[] diagonal = forms.get(b).diagonal();
      System.arraycopy(diagonal, 0, importance, blocks.get(b)[0], diagonal.length);
    }
    double[][] each = new double[wanted.length][];
    Arrays.fill(each, importance);
    return WeightScales.leastError(narrow, each, settings.perTensorWeights());
  }

  private byte[][] rounded(double[][] wanted, List<LeastSquares> forms, float[] scales) {
    byte[][] rows = new byte[wanted.length][inputs.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            f -> {
              for (int b = 0; b < forms.size(); b++) {
                int[] block = blocks.get(b);
                double[] part =
                    Arrays.copyOfRange(wanted[f], block[0], block[block.length - 1] + 1);
                byte[] q = forms.get(b).round(part, scales[f]);
                System.arraycopy(q, 0, rows[f], block[0], q.length);
              }
              for (int k = 0; k < inputs.length && forms.isEmpty(); k++) {
                rows[f][k] = (byte) WeightScales.nearest(wanted[f][k], scales[f]);
              }
            });
    return rows;
  }

  private static double[][] wide(float[][] rows) {
    double[][] wide = new double[rows.length][rows[0].length];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        wide[f][k] = rows[f][k];
      }
    }
    return wide;
  }
}
