package org.fovea.generator.plan;

/**
 * A stretch of the arena that is in use from one step to another, both included.
 *
 * @param firstStep -1 when it is filled before the first step
 */
public record Slot(String name, long offset, long bytes, int firstStep, int lastStep) {

  boolean collidesWith(Slot other) {
    boolean sameTime = firstStep <= other.lastStep && other.firstStep <= lastStep;
    boolean samePlace = offset < other.offset + other.bytes && other.offset < offset + bytes;
    return sameTime && samePlace;
  }

  public long end() {
    return offset + bytes;
  }

  Slot at(long newOffset) {
    return new Slot(name, newOffset, bytes, firstStep, lastStep);
  }
}
