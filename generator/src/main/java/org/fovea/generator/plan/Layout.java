package org.fovea.generator.plan;

import java.util.List;

/**
 * A plan without offsets.
 *
 * @param arrived image rows that must be there at each step
 * @param extents of the buffers in order, then of the scratches
 * @param live bytes of one image in use at each step
 */
@SuppressWarnings("ArrayRecordComponent")
record Layout(
    Bands bands, int[] arrived, List<Buffer> buffers, List<Extent> extents, long[] live) {}
