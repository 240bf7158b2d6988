package org.fovea.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.fovea.host.session.InferenceResult;

/**
 * The numbers of every frame, and nothing else of it. Times in seconds by the host's clock, ticks
 * by the board's counter.
 */
public final class FrameLog {
  private final Series transfer = new Series();
  private final Series rest = new Series();
  private final Series interval = new Series();
  private final Series ticks = new Series();
  private final List<Series> layers = new ArrayList<>();

  /**
   * Adds a frame.
   *
   * @param sinceLast from the result before to this one
   */
  void add(InferenceResult result, OptionalDouble sinceLast) {
    transfer.add(result.transferSeconds());
    rest.add(result.inferenceSeconds());
    interval.add(sinceLast.orElse(Double.NaN));
    long sum = 0;
    for (int i = 0; i < result.ticks().size(); i++) {
      if (layers.size() == i) {
        layers.add(new Series());
      }
      layers.get(i).add(result.ticks().get(i).doubleValue());
      sum += result.ticks().get(i);
    }
    ticks.add((double) sum);
  }

  public int frames() {
    return transfer.size();
  }

  /** Layers that are counted: none where the firmware counts nothing. */
  public int layers() {
    return layers.size();
  }

  /** From BEGIN until the last row was taken over. */
  public double transfer(int frame) {
    return transfer.get(frame);
  }

  /** From then until the host saw that it was done. */
  public double rest(int frame) {
    return rest.get(frame);
  }

  /** From BEGIN until done. */
  public double latency(int frame) {
    return transfer.get(frame) + rest.get(frame);
  }

  /** From the result before to this one. */
  public OptionalDouble interval(int frame) {
    double value = interval.get(frame);
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Of all layers. */
  public double ticks(int frame) {
    return ticks.get(frame);
  }

  public double ticks(int frame, int layer) {
    return layers.get(layer).get(frame);
  }

  Spread layer(int layer) {
    return Spread.of(layers.get(layer).toArray());
  }

  Spread spread(IntToDoubleFunction ofFrame) {
    return Spread.of(IntStream.range(0, frames()).mapToDouble(ofFrame).toArray());
  }

  double[] intervals() {
    return IntStream.range(0, frames())
        .mapToObj(this::interval)
        .flatMapToDouble(OptionalDouble::stream)
        .toArray();
  }
}
