package org.fovea.generator.yaml;

/** A text that is no YAML of facts; readers turn it into a finding. */
public final class YamlFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  YamlFault(int line, String message) {
    super(message);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
