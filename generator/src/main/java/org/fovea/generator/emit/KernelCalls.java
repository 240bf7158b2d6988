package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Reach;
import org.fovea.generator.plan.Constant.Role;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Slot;

/** The statements that run one step of a layer. */
final class KernelCalls implements Kernel.Cases<List<String>> {
  private final Layer layer;
  private final KernelChoice choice;
  private final MemoryPlan plan;

  KernelCalls(Layer layer, KernelChoice choice, MemoryPlan plan) {
    this.layer = layer;
    this.choice = choice;
    this.plan = plan;
  }

  @Override
  public List<String> conv(Kernel.Conv kernel) {
    return convolution();
  }

  @Override
  public List<String> depthwise(Kernel.Depthwise kernel) {
    return convolution();
  }

  private List<String> convolution() {
    String scratch =
        plan.scratch().get(layer.index()).map(Slot::offset).map(o -> "arena + " + o).orElse("NULL");
    return List.of(
        rowsOf(0, "in"),
        call(
            "%s(&%s, in, out, first, rows, step->first_channel, step->channels, %s);",
            choice.function(), parameters(), scratch));
  }

  @Override
  public List<String> maxPool(Kernel.MaxPool kernel) {
    return oneInput(choice.function() + "(&%s, in, out, rows);");
  }

  @Override
  public List<String> averagePool(Kernel.AveragePool kernel) {
    return oneInput("fv_average_pool_s8(&%s, in, out, rows);");
  }

  @Override
  public List<String> softmax(Kernel.Softmax kernel) {
    return oneInput("fv_softmax_s8(&%s, in, out, rows);");
  }

  @Override
  public List<String> bilinear(Kernel.Bilinear kernel) {
    return oneInput("fv_resize_bilinear_s8(&%s, in, out, first, rows);");
  }

  @Override
  public List<String> gather(Kernel.Gather kernel) {
    return oneInput("fv_gather_channels_s8(&%s, in, out, rows);");
  }

  @Override
  public List<String> table(Kernel.Table kernel) {
    return oneInput("fv_table_s8(&%s, in, out, rows);");
  }

  @Override
  public List<String> pad(Kernel.Pad kernel) {
    return oneInput("fv_pad_s8(&%s, in, out, rows);");
  }

  @Override
  public List<String> resize(Kernel.Resize kernel) {
    return oneInput("fv_resize_nearest_s8(&%s, in, out, first, rows);");
  }

  @Override
  public List<String> pixels(Kernel.Pixels kernel) {
    return oneInput(kernel.function() + "(&%s, in, out, rows);");
  }

  private List<String> oneInput(String pattern) {
    return List.of(rowsOf(0, "in"), call(pattern, parameters()));
  }

  @Override
  public List<String> add(Kernel.Add kernel) {
    return List.of(
        rowsOf(0, "in"),
        kernel.constantRow().isPresent()
            ? call("fv_same_rows(%s, rows, in2);", WeightsView.name(Role.ROW, layer.index()))
            : rowsOf(1, "in2"),
        call("%s(&%s, in, in2, out, rows);", choice.function(), parameters()));
  }

  @Override
  public List<String> concat(Kernel.Concat kernel) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < kernel.channels().size(); i++) {
      calls.add(rowsOf(i, "in"));
      calls.add(call("fv_copy_channels_s8(&%s_%d, in, out, rows);", parameters(), i));
    }
    return calls;
  }

  private String parameters() {
    return KernelParameters.name(layer.index());
  }

  private String rowsOf(int input, String array) {
    Reach reach = layer.kernel().reach();
    return call(
        "fv_in_rows(&buffers[%d], (struct fv_reach){%d, %d, %d}, first, rows, %s);",
        plan.bufferOf(layer.inputs().get(input)),
        reach.step(),
        reach.offset(),
        reach.reach(),
        array);
  }

  private static String call(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
