package org.fovea.generator.plan;

import java.util.List;

/**
 * How far an image may go while the one before it is in flight: until that is released, past its
 * last step.
 *
 * @param after for each of the first steps, the steps of the image before that must be done before
 *     this one may run or its rows be taken; one more than there are steps: and it must be
 *     released. Ascending, and never less than there are entries: the image before has left these
 *     steps. All later steps wait for its release
 * @param rowSlots image rows that may wait between link and network, a power of two
 */
public record Overlap(List<Integer> after, int rowSlots) {
  /** One image after the other. */
  public static final Overlap NONE = new Overlap(List.of(), 1);

  public Overlap {
    after = List.copyOf(after);
    if (Integer.bitCount(rowSlots) != 1) {
      throw new IllegalArgumentException(rowSlots + " row slots");
    }
  }

  public boolean isSome() {
    return !after.isEmpty();
  }

  /** Most images in flight. */
  public int images() {
    return isSome() ? 2 : 1;
  }
}
