package org.fovea.generator.ir;

import java.util.List;
import java.util.stream.IntStream;

/** An operator that only moves values: each element of its outputs is one of its input. */
public sealed interface Rearrangement extends Op {
  TensorId input();

  @Override
  default List<TensorId> inputs() {
    return List.of(input());
  }

  @Override
  default <R> R accept(Cases<R> cases) {
    return cases.rearrange(this);
  }

  /** One output. */
  sealed interface Single extends Rearrangement {
    TensorId output();

    @Override
    default List<TensorId> outputs() {
      return List.of(output());
    }
  }

  /** Equal parts along {@code axis}, counted from the front. */
  record Split(TensorId input, List<TensorId> outputs, int axis) implements Rearrangement {
    public Split {
      outputs = List.copyOf(outputs);
    }

    @Override
    public String kind() {
      return "SPLIT";
    }
  }

  /** Axis k of the output is axis {@code axes.get(k)} of the input. */
  record Transpose(TensorId input, TensorId output, List<Integer> axes) implements Single {
    public Transpose {
      axes = List.copyOf(axes);
    }

    @Override
    public String kind() {
      return "TRANSPOSE";
    }
  }

  /**
   * Slices of the input along {@code axis}, in the order of {@code indices}. The output may leave
   * the axis out when there is one index.
   */
  record Gather(TensorId input, TensorId output, int axis, List<Integer> indices)
      implements Single {
    public Gather {
      indices = List.copyOf(indices);
    }

    @Override
    public String kind() {
      return "GATHER";
    }

    /** The slices from {@code first} on. */
    public static Gather range(TensorId input, TensorId output, int axis, int first, int count) {
      List<Integer> indices = IntStream.range(first, first + count).boxed().toList();
      return new Gather(input, output, axis, indices);
    }
  }

  /** Axis k of the input {@code multiples.get(k)} times over. */
  record Tile(TensorId input, TensorId output, List<Integer> multiples) implements Single {
    public Tile {
      multiples = List.copyOf(multiples);
    }

    @Override
    public String kind() {
      return "TILE";
    }
  }
}
