package org.fovea.generator.board;

/**
 * A memory protection unit.
 *
 * @param regions that it can hold at once
 */
public record Mpu(Kind kind, int regions) {

  /** Architecture version. */
  public enum Kind {
    /** Power-of-two regions aligned to their size, with eight subregions from 256 bytes up. */
    PMSAV7,
    /** Any base and limit in steps of 32 bytes. */
    PMSAV8
  }

  public Mpu {
    if (regions < 1) {
      throw new IllegalArgumentException(regions + " MPU regions");
    }
  }
}
