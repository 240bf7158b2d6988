package org.fovea.generator.plan;

/**
 * What a segment costs wherever the other cuts are.
 *
 * @param peakBytes most bytes in use at one of its steps, with everything that must outlast it
 * @param work {@link WorkEstimate}
 */
record SegmentCost(Segment segment, long peakBytes, long work) {}
