package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;

/** Numbers that are known before the network runs, outermost dimension first. */
final class Constant {
  private final List<Integer> dims;
  private final float[] values;

  /**
   * @param values not copied: whoever gives them leaves them as they are
   */
  Constant(List<Integer> dims, float[] values) {
    this.dims = List.copyOf(dims);
    this.values = values;
  }

  List<Integer> dims() {
    return dims;
  }

  int size() {
    return values.length;
  }

  float at(int index) {
    return values[index];
  }

  /** The same numbers in other dimensions of the same product. */
  Constant in(List<Integer> others) {
    return new Constant(others, values);
  }

  /** The one number that all of them are. */
  Optional<Float> single() {
    for (float value : values) {
      if (Float.floatToIntBits(value) != Float.floatToIntBits(values[0])) {
        return Optional.empty();
      }
    }
    return values.length == 0 ? Optional.empty() : Optional.of(values[0]);
  }

  /** Numbers that are whole, such as axes. */
  List<Integer> integers() {
    Integer[] integers = new Integer[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = Math.round(values[i]);
    }
    return List.of(integers);
  }

  /**
   * One number a channel, where this is broadcast over a tensor of four dimensions.
   *
   * @param axis of the channels
   */
  Optional<float[]> perChannel(int channels, int axis) {
    int behind = 4 - 1 - axis;
    int own = dims.size() - 1 - behind;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) != 1 && (i != own || dims.get(i) != channels)) {
        return Optional.empty();
      }
    }
    if (dims.size() > 4 || values.length == 0) {
      return Optional.empty();
    }
    float[] all = new float[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = values[values.length == 1 ? 0 : c];
    }
    return Optional.of(all);
  }
}
