package org.fovea.generator.estimate;

import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.Step;

/** What the steps of one layer repeat, whatever kernel it has. */
final class LayerCounts implements Kernel.Cases<Void> {
  private final Layer layer;
  private final KernelChoice choice;
  private final Tally tally = new Tally();
  private Step step;

  private LayerCounts(Layer layer, KernelChoice choice) {
    this.layer = layer;
    this.choice = choice;
  }

  /**
   * Of all steps of a layer.
   *
   * @param steps of a plan; those of other layers are passed over
   */
  static Tally of(Layer layer, KernelChoice choice, Iterable<Step> steps) {
    LayerCounts counts = new LayerCounts(layer, choice);
    for (Step step : steps) {
      if (step.layer() == layer.index()) {
        counts.add(step);
      }
    }
    return counts.tally;
  }

  private void add(Step next) {
    step = next;
    tally.add("call", 1);
    tally.add(
        "row",
        (long) layer.inputs().size() * layer.kernel().reach().rows(step.rows()) + step.rows());
    layer.kernel().accept(this);
  }

  private long pixels() {
    return (long) step.rows() * layer.outputShape().width();
  }

  private long bytes() {
    return pixels() * step.channels();
  }

  @Override
  public Void conv(Kernel.Conv kernel) {
    PatchCounts patches = new PatchCounts(kernel.body(), choice.blocks(), tally);
    switch (choice.function()) {
      case "fv_conv2d_winograd_s8" ->
          patches.winograd(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_gemm_s8" -> patches.gemm(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_s8" ->
          new ConvCounts(kernel.body(), tally)
              .portable(step.firstRow(), step.rows(), step.channels());
      default -> throw unknown();
    }
    return null;
  }

  @Override
  public Void depthwise(Kernel.Depthwise kernel) {
    ConvCounts counts = new ConvCounts(kernel.body(), tally);
    switch (choice.function()) {
      case "fv_depthwise_conv2d_dsp_s8" -> counts.dspDepthwise(step.rows(), step.channels());
      case "fv_depthwise_conv2d_s8" ->
          counts.portableDepthwise(step.firstRow(), step.rows(), step.channels());
      default -> throw unknown();
    }
    return null;
  }

  private IllegalStateException unknown() {
    return new IllegalStateException("nobody counts what " + choice.function() + " repeats");
  }

  @Override
  public Void maxPool(Kernel.MaxPool kernel) {
    tally.add("output", bytes());
    tally.add("element", bytes() * kernel.window().height() * kernel.window().width());
    return null;
  }

  @Override
  public Void add(Kernel.Add kernel) {
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void table(Kernel.Table kernel) {
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void concat(Kernel.Concat kernel) {
    tally.add("pixel", pixels() * kernel.channels().size());
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void pad(Kernel.Pad kernel) {
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void resize(Kernel.Resize kernel) {
    tally.add("pixel", pixels());
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void pixels(Kernel.Pixels kernel) {
    tally.add("pixel", pixels());
    return null;
  }
}
