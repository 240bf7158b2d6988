package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/** Reads the operators that move values; their outputs have the shapes that the attributes give. */
final class RearrangementReader {
  private RearrangementReader() {}

  static Op split(Operands x) throws UnsupportedForm {
    TensorId input = x.runtime(1);
    Shape in = x.shape(input);
    int axis = axis(single(x.int32(0), "its axis"), in);
    List<TensorId> outputs = x.outputs();
    if (outputs.isEmpty() || in.dim(axis) % outputs.size() != 0) {
      throw new UnsupportedForm(outputs.size() + " outputs are no equal parts of " + in);
    }
    List<Integer> dims = new ArrayList<>(in.dims());
    dims.set(axis, in.dim(axis) / outputs.size());
    for (TensorId output : outputs) {
      sameShape(x.shape(output), dims);
    }
    return new Rearrangement.Split(input, outputs, axis);
  }

  static Op transpose(Operands x) throws UnsupportedForm {
    TensorId input = x.runtime(0);
    Shape in = x.shape(input);
    List<Integer> axes = Arrays.stream(x.int32(1)).boxed().toList();
    if (!axes.stream().sorted().toList().equals(IntStream.range(0, in.rank()).boxed().toList())) {
      throw new UnsupportedForm("its permutation " + axes + " is none of the axes of " + in);
    }
    List<Integer> dims = axes.stream().map(in::dim).toList();
    sameShape(x.shape(x.output()), dims);
    return new Rearrangement.Transpose(input, x.output(), axes);
  }

  static Op gather(int rawAxis, Operands x) throws UnsupportedForm {
    TensorId input = x.runtime(0);
    Shape in = x.shape(input);
    int axis = axis(rawAxis, in);
    Shape shape = x.constant(1).shape();
    int[] indices = x.int32(1);
    for (int i : indices) {
      if (i < 0 || i >= in.dim(axis)) {
        throw new UnsupportedForm("its index " + i + " is outside axis " + axis + " of " + in);
      }
    }
    List<Integer> dims = new ArrayList<>(in.dims().subList(0, axis));
    dims.addAll(shape.dims());
    dims.addAll(in.dims().subList(axis + 1, in.rank()));
    sameShape(x.shape(x.output()), dims);
    return new Rearrangement.Gather(
        input, x.output(), axis, Arrays.stream(indices).boxed().toList());
  }

  static Op tile(Operands x) throws UnsupportedForm {
    TensorId input = x.runtime(0);
    Shape in = x.shape(input);
    int[] multiples = x.int32(1);
    if (multiples.length != in.rank()) {
      throw new UnsupportedForm(multiples.length + " multiples of " + in);
    }
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < in.rank(); axis++) {
      long dim = (long) in.dim(axis) * multiples[axis];
      if (multiples[axis] < 1 || dim > Integer.MAX_VALUE) {
        throw new UnsupportedForm("it repeats axis " + axis + " " + multiples[axis] + " times");
      }
      dims.add((int) dim);
    }
    sameShape(x.shape(x.output()), dims);
    return new Rearrangement.Tile(input, x.output(), Arrays.stream(multiples).boxed().toList());
  }

  private static int single(int[] values, String what) throws UnsupportedForm {
    if (values.length != 1) {
      throw new UnsupportedForm(what + " is " + values.length + " numbers");
    }
    return values[0];
  }

  private static int axis(int raw, Shape in) throws UnsupportedForm {
    int axis = raw < 0 ? raw + in.rank() : raw;
    if (axis < 0 || axis >= in.rank()) {
      throw new UnsupportedForm("its axis " + raw + " is not one of " + in);
    }
    return axis;
  }

  private static void sameShape(Shape found, List<Integer> dims) throws UnsupportedForm {
    if (!found.dims().equals(dims)) {
      String expected = dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
      throw new UnsupportedForm("its output is " + found + " instead of " + expected);
    }
  }
}
