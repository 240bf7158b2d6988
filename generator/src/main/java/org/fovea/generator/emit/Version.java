package org.fovea.generator.emit;

/** Version of the generator, as in pom.xml. */
public final class Version {
  public static final String TEXT = "0.1.0";

  private Version() {}
}
