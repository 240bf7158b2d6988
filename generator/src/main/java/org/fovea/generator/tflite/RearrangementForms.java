package org.fovea.generator.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.function.ToIntFunction;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.SplitOptions;
import org.tensorflow.lite.schema.TileOptions;
import org.tensorflow.lite.schema.TransposeOptions;

/** The forms of operators that move values: most of their attributes are tensors. */
final class RearrangementForms {
  private final FileTensors tensors;

  RearrangementForms(FileTensors tensors) {
    this.tensors = tensors;
  }

  OpForm of(Rearrangement op) {
    if (op instanceof Rearrangement.Split split) {
      return split(split);
    }
    if (op instanceof Rearrangement.Gather gather) {
      return gather(gather);
    }
    return op instanceof Rearrangement.Transpose transpose
        ? transpose(transpose)
        : tile((Rearrangement.Tile) op);
  }

  private OpForm split(Rearrangement.Split op) {
    int axis = tensors.attribute("axis", Shape.of(), op.axis());
    return form(
        op,
        BuiltinOperator.SPLIT,
        List.of(axis, tensors.index(op.input())),
        BuiltinOptions.SplitOptions,
        b -> SplitOptions.createSplitOptions(b, op.outputs().size()));
  }

  private OpForm gather(Rearrangement.Gather op) {
    boolean scalar = tensors.shape(op.output()).rank() < tensors.shape(op.input()).rank();
    Shape shape = scalar ? Shape.of() : Shape.of(op.indices().size());
    int indices = tensors.attribute("indices", shape, numbers(op.indices()));
    return form(
        op,
        BuiltinOperator.GATHER,
        List.of(tensors.index(op.input()), indices),
        BuiltinOptions.GatherOptions,
        b -> GatherOptions.createGatherOptions(b, op.axis(), 0));
  }

  private OpForm transpose(Rearrangement.Transpose op) {
    int axes = tensors.attribute("permutation", Shape.of(op.axes().size()), numbers(op.axes()));
    return form(
        op,
        BuiltinOperator.TRANSPOSE,
        List.of(tensors.index(op.input()), axes),
        BuiltinOptions.TransposeOptions,
        RearrangementForms::transposeOptions);
  }

  private static int transposeOptions(FlatBufferBuilder b) {
    TransposeOptions.startTransposeOptions(b);
    return TransposeOptions.endTransposeOptions(b);
  }

  private OpForm tile(Rearrangement.Tile op) {
    int multiples =
        tensors.attribute("multiples", Shape.of(op.multiples().size()), numbers(op.multiples()));
    return form(
        op,
        BuiltinOperator.TILE,
        List.of(tensors.index(op.input()), multiples),
        BuiltinOptions.TileOptions,
        RearrangementForms::tileOptions);
  }

  private static int tileOptions(FlatBufferBuilder b) {
    TileOptions.startTileOptions(b);
    return TileOptions.endTileOptions(b);
  }

  private OpForm form(
      Rearrangement op,
      int builtin,
      List<Integer> inputs,
      byte optionsType,
      ToIntFunction<FlatBufferBuilder> options) {
    return new OpForm(builtin, 2, inputs, tensors.indices(op.outputs()), optionsType, options);
  }

  private static int[] numbers(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
