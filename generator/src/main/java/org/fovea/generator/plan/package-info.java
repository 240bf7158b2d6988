/**
 * When each row of each layer is computed and where every byte lies: steps, buffers, offsets, and
 * the regions of a board. A {@link org.fovea.generator.plan.MemoryPlan} proves itself when it is
 * made.
 */
package org.fovea.generator.plan;
