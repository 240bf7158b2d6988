package org.fovea.generator.plan;

/** What a plan is chosen for. Work is {@link WorkEstimate}'s. */
public enum Objective {
  /** Least work, within a few percent; of those plans, the smallest arena. */
  TIME,
  /** The smallest arena, with at most twice the work of {@link #TIME}. */
  RAM,
  /** Between the two, where the next byte saved begins to cost most. */
  BALANCED,
  /**
   * Most images in a time: the next one's rows are taken in and worked on while the last one is in
   * flight. Of the plans within a few percent of the least time between results, the smallest.
   */
  THROUGHPUT
}
