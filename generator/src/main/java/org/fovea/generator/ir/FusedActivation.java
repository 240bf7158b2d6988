package org.fovea.generator.ir;

/** Activation that a TFLite operator applies to its own result. */
public enum FusedActivation {
  NONE,
  RELU,
  RELU_N1_TO_1,
  RELU6
}
