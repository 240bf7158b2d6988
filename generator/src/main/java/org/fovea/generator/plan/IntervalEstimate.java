package org.fovea.generator.plan;

import java.util.Arrays;

/**
 * Plays a stream of images on one core, with rows that come at a constant pace as long as there is
 * room for them: the order of the runtime's driver, in units of estimated work. Results are fetched
 * in no time.
 */
final class IntervalEstimate {
  private static final int IMAGES = 10;

  /** The first image has no tail before it, the last one no rows behind it: both tell nothing. */
  private static final int FIRST_TOLD = 3;

  private static final int LAST_TOLD = IMAGES - 2;
  private static final long NEVER = Long.MAX_VALUE;

  private final long[] work;
  private final int[] arrived;
  private final int[] after;
  private final int height;
  private final int rowSlots;
  private final long rowPeriod;

  private final int[] done = new int[IMAGES];
  private final int[] rows = new int[IMAGES];
  private final long[] ends = new long[IMAGES];
  private int sent;
  private int taken;
  private long rowEnd = NEVER;
  private long now;

  private IntervalEstimate(
      long[] work, int[] arrived, int[] after, int height, int rowSlots, long rowPeriod) {
    this.work = work;
    this.arrived = arrived;
    this.after = after;
    this.height = height;
    this.rowSlots = rowSlots;
    this.rowPeriod = rowPeriod;
  }

  /**
   * Work between two results.
   *
   * @param work of each step
   * @param arrived image rows that must be there at each step
   * @param height of the image
   * @param rowPeriod between two rows, in the same unit
   */
  static long of(long[] work, int[] arrived, Overlap overlap, int height, long rowPeriod) {
    int[] after = overlap.after().stream().mapToInt(i -> i).toArray();
    return new IntervalEstimate(work, arrived, after, height, overlap.rowSlots(), rowPeriod).play();
  }

  private long play() {
    Arrays.fill(ends, NEVER);
    send(0);
    while (ends[IMAGES - 1] == NEVER) {
      int taking = wanting();
      int running = runnable();
      if (taking >= 0 && taken < sent) {
        rows[taking]++;
        taken++;
        send(now);
      } else if (running >= 0) {
        pass(now + work[done[running]]);
        done[running]++;
        if (done[running] == work.length) {
          ends[running] = now;
          send(now);
        }
      } else if (rowEnd != NEVER) {
        pass(rowEnd);
      } else {
        throw new IllegalStateException("the images of a stream wait for each other");
      }
    }
    long told = (ends[LAST_TOLD] - ends[FIRST_TOLD]) / (LAST_TOLD - FIRST_TOLD);
    return Math.max(told, Math.max(Arrays.stream(work).sum(), height * rowPeriod));
  }

  /** The next row starts when there is room for it and its image may begin. */
  private void send(long time) {
    int image = sent / height;
    boolean begun = image < IMAGES && (image < 2 || ends[image - 2] != NEVER);
    if (rowEnd == NEVER && begun && sent - taken < rowSlots) {
      rowEnd = time + rowPeriod;
    }
  }

  private void pass(long time) {
    while (rowEnd <= time) {
      long end = rowEnd;
      sent++;
      rowEnd = NEVER;
      send(end);
    }
    now = time;
  }

  private boolean may(int image, int step) {
    if (image == 0) {
      return true;
    }
    int before = done[image - 1] == work.length ? work.length + 1 : done[image - 1];
    return before >= (step < after.length ? after[step] : work.length + 1);
  }

  private int wanting() {
    for (int image = 0; image < IMAGES; image++) {
      if (rows[image] < height) {
        int step = done[image];
        return rows[image] < arrived[step] && may(image, step) ? image : -1;
      }
    }
    return -1;
  }

  /** The youngest. */
  private int runnable() {
    for (int image = IMAGES - 1; image >= 0; image--) {
      int step = done[image];
      if (step < work.length && arrived[step] <= rows[image] && may(image, step)) {
        return image;
      }
    }
    return -1;
  }
}
