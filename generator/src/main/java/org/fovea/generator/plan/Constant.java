package org.fovea.generator.plan;

import org.fovea.generator.ir.ConstData;

/**
 * One constant array of the firmware.
 *
 * @param layer that reads it
 */
public record Constant(int layer, Role role, ConstData data) {

  /** What the array is to its layer. */
  public enum Role {
    WEIGHTS(Section.WEIGHTS),
    BIAS(Section.WEIGHTS),
    MULTIPLIER(Section.WEIGHTS),
    SHIFT(Section.WEIGHTS),
    TABLE(Section.TABLES),
    PIXELS(Section.TABLES),
    ROW(Section.TABLES),
    EXP(Section.TABLES);

    private final Section section;

    Role(Section section) {
      this.section = section;
    }

    public Section section() {
      return section;
    }
  }

  /** Linker sections: large and read in order, or small and read at random. */
  public enum Section {
    WEIGHTS,
    TABLES
  }
}
