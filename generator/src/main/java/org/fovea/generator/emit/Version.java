package org.fovea.generator.emit;

/** Versions that generated files carry. */
public final class Version {
  /** Of the generator, as in pom.xml. */
  public static final String TEXT = "0.1.0";

  /**
   * FV_RUNTIME_ABI of firmware-templates/runtime/fv_net.h; a generated file asserts that it fits.
   */
  public static final int RUNTIME_ABI = 2;

  private Version() {}
}
