package org.fovea.generator.ir;

/** Names one tensor of one {@link Graph}: its position in {@link Graph#tensors()}. */
public record TensorId(int index) implements Comparable<TensorId> {
  public TensorId {
    if (index < 0) {
      throw new IllegalArgumentException("negative tensor index " + index);
    }
  }

  @Override
  public int compareTo(TensorId other) {
    return Integer.compare(index, other.index);
  }
}
