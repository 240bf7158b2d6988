package org.fovea.generator.reference;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;

/**
 * The contents of every tensor after one run: raw bytes, little endian, outermost dimension first.
 */
public final class Activations {
  private final byte[][] byTensor;

  Activations(Graph graph) {
    this.byTensor = new byte[graph.tensors().size()][];
  }

  /** A copy. Throws IllegalArgumentException for a tensor that no operator writes. */
  public byte[] bytes(TensorId id) {
    return raw(id).clone();
  }

  byte[] raw(TensorId id) {
    byte[] bytes = byTensor[id.index()];
    if (bytes == null) {
      throw new IllegalArgumentException("tensor " + id.index() + " was not computed");
    }
    return bytes;
  }

  void put(TensorId id, byte[] bytes) {
    byTensor[id.index()] = bytes;
  }
}
