package org.fovea.generator.plan;

/**
 * Layers in a row of the order that run interleaved: each computes its next rows as soon as a later
 * one wants them. Tensors that only they touch are held as rings of rows.
 *
 * @param lastLayer included
 * @param bandRows rows of one step
 */
public record Segment(int firstLayer, int lastLayer, int bandRows) {
  public int layers() {
    return lastLayer - firstLayer + 1;
  }
}
