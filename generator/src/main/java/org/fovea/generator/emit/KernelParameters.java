package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.emit.LayerView.Array;
import org.fovea.generator.emit.LayerView.Field;
import org.fovea.generator.emit.LayerView.Parameters;
import org.fovea.generator.kernel.Blocks;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.plan.Constant.Role;
import org.fovea.generator.reference.Bilinear.Mix;

/** The parameter structs of one layer: a kernel's record, field by field, as C reads it. */
final class KernelParameters implements Kernel.Cases<List<Parameters>> {
  private final int layer;
  private final KernelChoice choice;

  KernelParameters(int layer, KernelChoice choice) {
    this.layer = layer;
    this.choice = choice;
  }

  static String name(int layer) {
    return "layer_" + layer;
  }

  @Override
  public List<Parameters> conv(Kernel.Conv kernel) {
    return one("fv_conv2d_s8", body(kernel.body(), ""));
  }

  @Override
  public List<Parameters> depthwise(Kernel.Depthwise kernel) {
    List<Field> fields = new ArrayList<>(body(kernel.body(), "conv."));
    fields.add(Field.of("depth_multiplier", kernel.depthMultiplier()));
    return one("fv_depthwise_conv2d_s8", fields);
  }

  private List<Field> body(Kernel.ConvBody body, String prefix) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(prefix + "weights", WeightsView.name(Role.WEIGHTS, layer)));
    fields.add(new Field(prefix + "bias", WeightsView.name(Role.BIAS, layer)));
    fields.add(new Field(prefix + "multiplier", WeightsView.name(Role.MULTIPLIER, layer)));
    fields.add(new Field(prefix + "shift", WeightsView.name(Role.SHIFT, layer)));
    fields.add(
        new Field(
            prefix + "table",
            choice.constants().orElseThrow().table().isPresent()
                ? WeightsView.name(Role.TABLE, layer)
                : "NULL"));
    fields.add(Field.of(prefix + "in_width", body.inWidth()));
    fields.add(Field.of(prefix + "in_channels", body.inChannels()));
    fields.add(Field.of(prefix + "conv_height", body.convHeight()));
    fields.add(Field.of(prefix + "conv_width", body.convWidth()));
    fields.add(Field.of(prefix + "out_channels", body.outChannels()));
    fields.add(Field.of(prefix + "kernel_height", body.window().height()));
    fields.add(Field.of(prefix + "kernel_width", body.window().width()));
    fields.add(Field.of(prefix + "stride_y", body.window().strideY()));
    fields.add(Field.of(prefix + "stride_x", body.window().strideX()));
    fields.add(Field.of(prefix + "dilation_y", body.window().dilationY()));
    fields.add(Field.of(prefix + "dilation_x", body.window().dilationX()));
    fields.add(Field.of(prefix + "pad_top", body.padding().top()));
    fields.add(Field.of(prefix + "pad_left", body.padding().left()));
    fields.add(Field.of(prefix + "in_zero_point", body.inZeroPoint()));
    fields.add(Field.of(prefix + "out_zero_point", body.outZeroPoint()));
    fields.add(Field.of(prefix + "act_min", body.clamp().min()));
    fields.add(Field.of(prefix + "act_max", body.clamp().max()));
    fields.add(new Field(prefix + "pool", pool(body.pool())));
    if (!choice.blocks().equals(Blocks.NONE)) {
      fields.add(new Field(prefix + "blocks", blocks(choice.blocks())));
    }
    int sparseRun = choice.constants().orElseThrow().sparseRun();
    if (sparseRun > 0) {
      fields.add(Field.of(prefix + "sparse_run", sparseRun));
    }
    return fields;
  }

  private static String blocks(Blocks blocks) {
    return String.format(
        Locale.ROOT,
        "{.rows = %d, .columns = %d, .in_channels = %d, .out_channels = %d,"
            + " .sum_channels = %d}",
        blocks.rows(),
        blocks.columns(),
        blocks.inChannels(),
        blocks.outChannels(),
        blocks.sumChannels());
  }

  private static String pool(Kernel.FusedPool pool) {
    return String.format(
        Locale.ROOT,
        "{.height = %d, .width = %d, .stride_y = %d, .stride_x = %d, .pad_top = %d, .pad_left = %d,"
            + " .out_width = %d}",
        pool.window().height(),
        pool.window().width(),
        pool.window().strideY(),
        pool.window().strideX(),
        pool.padding().top(),
        pool.padding().left(),
        pool.outWidth());
  }

  @Override
  public List<Parameters> maxPool(Kernel.MaxPool kernel) {
    return one(
        "fv_max_pool_s8",
        List.of(
            Field.of("in_width", kernel.inWidth()),
            Field.of("out_width", kernel.outWidth()),
            Field.of("channels", kernel.channels()),
            Field.of("height", kernel.window().height()),
            Field.of("width", kernel.window().width()),
            Field.of("stride_y", kernel.window().strideY()),
            Field.of("stride_x", kernel.window().strideX()),
            Field.of("pad_left", kernel.padding().left()),
            Field.of("act_min", kernel.clamp().min()),
            Field.of("act_max", kernel.clamp().max())));
  }

  @Override
  public List<Parameters> averagePool(Kernel.AveragePool kernel) {
    return one(
        "fv_average_pool_s8",
        List.of(
            Field.of("in_width", kernel.inWidth()),
            Field.of("out_width", kernel.outWidth()),
            Field.of("channels", kernel.channels()),
            Field.of("height", kernel.window().height()),
            Field.of("width", kernel.window().width()),
            Field.of("stride_y", kernel.window().strideY()),
            Field.of("stride_x", kernel.window().strideX()),
            Field.of("pad_left", kernel.padding().left()),
            Field.of("act_min", kernel.clamp().min()),
            Field.of("act_max", kernel.clamp().max())));
  }

  @Override
  public List<Parameters> softmax(Kernel.Softmax kernel) {
    return one(
        "fv_softmax_s8",
        List.of(
            new Field("exp", WeightsView.name(Role.EXP, layer)),
            Field.of("width", kernel.width()),
            Field.of("channels", kernel.channels())));
  }

  @Override
  public List<Parameters> bilinear(Kernel.Bilinear kernel) {
    List<Field> fields = new ArrayList<>();
    List<Array> arrays = new ArrayList<>();
    array("row", kernel.mixes().rows().stream().map(Mix::index).toList(), fields, arrays);
    array("row_weight", kernel.mixes().rows().stream().map(Mix::weight).toList(), fields, arrays);
    array("column", kernel.mixes().columns().stream().map(Mix::index).toList(), fields, arrays);
    array(
        "column_weight",
        kernel.mixes().columns().stream().map(Mix::weight).toList(),
        fields,
        arrays);
    fields.add(Field.of("out_width", kernel.mixes().columns().size()));
    fields.add(Field.of("channels", kernel.channels()));
    return List.of(new Parameters("fv_resize_bilinear_s8", name(layer), fields, arrays));
  }

  private void array(String field, List<Integer> values, List<Field> fields, List<Array> arrays) {
    String array = name(layer) + "_" + field;
    fields.add(new Field(field, array));
    arrays.add(new Array(array, CLiteral.numbers(values)));
  }

  @Override
  public List<Parameters> gather(Kernel.Gather kernel) {
    List<Field> fields = new ArrayList<>();
    List<Array> arrays = new ArrayList<>();
    array("channel", kernel.channels(), fields, arrays);
    fields.add(Field.of("width", kernel.width()));
    fields.add(Field.of("in_channels", kernel.inChannels()));
    fields.add(Field.of("out_channels", kernel.channels().size()));
    return List.of(new Parameters("fv_gather_channels_s8", name(layer), fields, arrays));
  }

  @Override
  public List<Parameters> add(Kernel.Add kernel) {
    return one(
        "fv_add_s8",
        List.of(
            Field.of("first_multiplier", kernel.first().multiplier()),
            Field.of("second_multiplier", kernel.second().multiplier()),
            Field.of("out_multiplier", kernel.out().multiplier()),
            Field.of("first_shift", kernel.first().shift()),
            Field.of("second_shift", kernel.second().shift()),
            Field.of("out_shift", kernel.out().shift()),
            Field.of("left_shift", kernel.leftShift()),
            Field.of("first_zero_point", kernel.first().zeroPoint()),
            Field.of("second_zero_point", kernel.second().zeroPoint()),
            Field.of("out_zero_point", kernel.out().zeroPoint()),
            Field.of("act_min", kernel.clamp().min()),
            Field.of("act_max", kernel.clamp().max()),
            Field.of("row_bytes", kernel.rowBytes())));
  }

  @Override
  public List<Parameters> table(Kernel.Table kernel) {
    return one(
        "fv_table_s8",
        List.of(
            new Field("table", WeightsView.name(Role.TABLE, layer)),
            Field.of("row_bytes", kernel.rowBytes())));
  }

  @Override
  public List<Parameters> concat(Kernel.Concat kernel) {
    List<Parameters> parts = new ArrayList<>();
    int channel = 0;
    for (int i = 0; i < kernel.channels().size(); i++) {
      parts.add(
          new Parameters(
              "fv_copy_channels_s8",
              name(layer) + "_" + i,
              List.of(
                  Field.of("width", kernel.width()),
                  Field.of("channels", kernel.channels().get(i)),
                  Field.of("out_channels", kernel.outChannels()),
                  Field.of("out_channel", channel)),
              List.of()));
      channel += kernel.channels().get(i);
    }
    return parts;
  }

  @Override
  public List<Parameters> pad(Kernel.Pad kernel) {
    return one(
        "fv_pad_s8",
        List.of(
            Field.of("in_width", kernel.inWidth()),
            Field.of("channels", kernel.channels()),
            Field.of("pad_left", kernel.padding().left()),
            Field.of("pad_right", kernel.padding().right()),
            Field.of("zero_point", kernel.zeroPoint())));
  }

  @Override
  public List<Parameters> resize(Kernel.Resize kernel) {
    List<Field> fields = new ArrayList<>();
    List<Array> arrays = new ArrayList<>();
    array("source_row", kernel.sourceRows(), fields, arrays);
    array("source_column", kernel.sourceColumns(), fields, arrays);
    fields.add(Field.of("out_width", kernel.sourceColumns().size()));
    fields.add(Field.of("channels", kernel.channels()));
    return List.of(new Parameters("fv_resize_nearest_s8", name(layer), fields, arrays));
  }

  @Override
  public List<Parameters> pixels(Kernel.Pixels kernel) {
    return one(
        kernel.function(),
        List.of(
            new Field("table", WeightsView.name(Role.PIXELS, layer)),
            Field.of("width", kernel.width()),
            Field.of("red", kernel.blueFirst() ? 2 : 0)));
  }

  private List<Parameters> one(String type, List<Field> fields) {
    return List.of(new Parameters(type, name(layer), fields, List.of()));
  }
}
