package org.fovea.generator.estimate;

import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.Step;

/** What the steps of one layer repeat, whatever kernel it has. */
final class LayerCounts implements Kernel.Cases<Void> {
  private final Layer layer;
  private final KernelChoice choice;
  private final int parts;
  private final Tally tally = new Tally();
  private Step step;

  private LayerCounts(Layer layer, KernelChoice choice, int parts) {
    this.layer = layer;
    this.choice = choice;
    this.parts = parts;
  }

  /**
   * Of all steps of a layer.
   *
   * @param parts into which kernels that can cut a call do so; the first part's share is counted
   * @param steps of a plan; those of other layers are passed over
   */
  static Tally of(Layer layer, KernelChoice choice, int parts, Iterable<Step> steps) {
    LayerCounts counts = new LayerCounts(layer, choice, parts);
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
    long passes = tally.weightPasses();
    kernels(kernel);
    unpacking(kernel.body(), tally.weightPasses() - passes);
    return null;
  }

  /** Sparse weights of the step's channels. */
  private void unpacking(Kernel.ConvBody body, long passes) {
    if (choice.constants().orElseThrow().sparseRun() > 0) {
      long nonZero = 0;
      for (int i = 0; i < body.weights().size(); i++) {
        nonZero += body.weights().byteAt(i) == 0 ? 0 : 1;
      }
      long share = passes * step.channels();
      tally.add("sparse-map", share * (body.weights().size() / 32) / body.outChannels());
      tally.add("sparse-weight", share * nonZero / body.outChannels());
    }
  }

  private void kernels(Kernel.Conv kernel) {
    PatchCounts patches = new PatchCounts(kernel.body(), choice.blocks(), tally);
    switch (choice.function()) {
      case "fv_conv2d_winograd_s8" ->
          patches.winograd(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_gemm_s8" -> patches.gemm(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_mve_s8" ->
          new MveCounts(kernel.body(), choice.blocks(), tally)
              .conv(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_neon_s8" ->
          neon(kernel.body()).conv(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_winograd_neon_s8" ->
          neon(kernel.body()).winograd(step.firstRow(), step.rows(), step.channels());
      case "fv_conv2d_s8" ->
          new ConvCounts(kernel.body(), tally)
              .portable(step.firstRow(), step.rows(), step.channels());
      default -> throw unknown();
    }
  }

  private NeonCounts neon(Kernel.ConvBody body) {
    return new NeonCounts(body, choice.blocks(), parts, tally);
  }

  @Override
  public Void depthwise(Kernel.Depthwise kernel) {
    ConvCounts counts = new ConvCounts(kernel.body(), tally);
    switch (choice.function()) {
      case "fv_depthwise_conv2d_dsp_s8" -> counts.dspDepthwise(step.rows(), step.channels());
      case "fv_depthwise_conv2d_mve_s8" ->
          new MveCounts(kernel.body(), choice.blocks(), tally)
              .depthwise(step.rows(), step.channels());
      case "fv_depthwise_conv2d_neon_s8" ->
          neon(kernel.body()).depthwise(step.rows(), step.channels());
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
    boolean vectors = choice.function().equals("fv_max_pool_mve_s8");
    long outputs = vectors ? pixels() * ((step.channels() + 15) / 16) : bytes();
    tally.add("pixel", vectors ? pixels() : 0);
    tally.add("output", outputs);
    tally.add("element", outputs * kernel.window().height() * kernel.window().width());
    return null;
  }

  @Override
  public Void averagePool(Kernel.AveragePool kernel) {
    tally.add("output", bytes());
    tally.add("element", bytes() * kernel.window().height() * kernel.window().width());
    return null;
  }

  @Override
  public Void softmax(Kernel.Softmax kernel) {
    tally.add("pixel", pixels());
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void bilinear(Kernel.Bilinear kernel) {
    tally.add("pixel", pixels());
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void gather(Kernel.Gather kernel) {
    tally.add("pixel", pixels());
    tally.add("output", bytes());
    return null;
  }

  @Override
  public Void add(Kernel.Add kernel) {
    int lanes = lanesOfAdd();
    tally.add("output", (long) step.rows() * ((kernel.rowBytes() + lanes - 1) / lanes));
    return null;
  }

  private int lanesOfAdd() {
    return switch (choice.function()) {
      case "fv_add_mve_s8" -> 4;
      case "fv_add_neon_s8" -> 8;
      default -> 1;
    };
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
