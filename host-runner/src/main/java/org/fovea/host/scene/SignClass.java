package org.fovea.host.scene;

/**
 * What the detector finds: six signs after the text of the Vienna Convention on Road Signs and
 * Signals (1968, annex 1), each in the variants that the convention leaves to the states.
 */
public enum SignClass {
  /** B, 2a: an octagon with the word. */
  STOP(0, "stop"),
  /** B, 1: a triangle on its corner. */
  YIELD(1, "yield"),
  /** C, 1a: a red disc with a bar. */
  NO_ENTRY(2, "no entry"),
  /** C, 14: a number in a red ring. */
  SPEED_LIMIT(3, "speed limit"),
  /** A: a triangle with a red border on its side. */
  WARNING(4, "warning"),
  /** E, 12a: a walker in a white triangle on blue. */
  PEDESTRIAN_CROSSING(5, "pedestrian crossing");

  private final int index;
  private final String label;

  SignClass(int index, String label) {
    this.index = index;
    this.label = label;
  }

  /** The class index of the model's output. */
  public int index() {
    return index;
  }

  /** As it stands in the model's labels. */
  public String label() {
    return label;
  }
}
