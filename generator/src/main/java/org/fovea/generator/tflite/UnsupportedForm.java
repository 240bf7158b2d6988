package org.fovea.generator.tflite;

/** A known operator with an attribute that the {@link org.fovea.generator.ir.Op ops} cannot say. */
final class UnsupportedForm extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedForm(String reason) {
    super(reason);
  }
}
