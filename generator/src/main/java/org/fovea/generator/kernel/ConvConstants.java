package org.fovea.generator.kernel;

import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/**
 * The constant arrays of a convolution as its kernel reads them. They are packed when they are
 * first asked for: a search looks at many kernels and takes one.
 */
public final class ConvConstants {
  private final Supplier<ConstData> packing;
  private final String layout;
  private final Supplier<ConstData> bias;
  private final Optional<ConstData> table;
  private final int sparseRun;
  private ConstData weights;

  ConvConstants(
      Supplier<ConstData> packing,
      String layout,
      Supplier<ConstData> bias,
      Optional<ConstData> table) {
    this(packing, layout, bias, table, 0);
  }

  private ConvConstants(
      Supplier<ConstData> packing,
      String layout,
      Supplier<ConstData> bias,
      Optional<ConstData> table,
      int sparseRun) {
    this.packing = packing;
    this.layout = layout;
    this.bias = bias;
    this.table = table;
    this.sparseRun = sparseRun;
  }

  /** The same, stored in another way. */
  ConvConstants in(WeightStore store) {
    return new ConvConstants(
        () -> store.store(packing.get()), store.layout(layout), bias, table, store.run());
  }

  /** As they were lowered. */
  static ConvConstants of(Kernel.ConvBody body, String layout) {
    return new ConvConstants(body::weights, layout, body::bias, body.table());
  }

  public synchronized ConstData weights() {
    if (weights == null) {
      weights = packing.get();
    }
    return weights;
  }

  /** Packed bytes of a run of sparse weights, 0 where they are dense. */
  public int sparseRun() {
    return sparseRun;
  }

  /** Of the weights: C dimensions, and how they are stored. */
  public String layout() {
    return layout;
  }

  /** int32, one or more per output channel. */
  public ConstData bias() {
    return bias.get();
  }

  /** 256 int8 entries indexed by value + 128. */
  public Optional<ConstData> table() {
    return table;
  }
}
