package org.fovea.generator.quantize;

/** How the range of a tensor is taken from what calibration saw in it. */
public enum Method {
  /** The candidate below whose int8 result errs least, tensor by tensor. */
  AUTO,
  /** Least and greatest value, as TFLite's converter. */
  MINMAX,
  /** All but one value in ten thousand at each end. */
  PERCENTILE,
  /** Least mean squared error of rounding and saturation. */
  MSE,
  /** Least Kullback-Leibler divergence of the rounded histogram from the exact one. */
  KL
}
