package org.fovea.generator.plan;

/**
 * A stretch of the arena that is used from one step to another, both included. Two slots may share
 * bytes at one time where no row in use of one lies on a row in use of the other.
 *
 * @param firstStep -1 when it is filled before the first step
 */
public record Slot(String name, long offset, long bytes, int firstStep, int lastStep) {

  public long end() {
    return offset + bytes;
  }

  Slot at(long newOffset) {
    return new Slot(name, newOffset, bytes, firstStep, lastStep);
  }
}
