package org.fovea.generator.estimate;

import java.util.Optional;
import org.fovea.generator.board.Bandwidth;

/**
 * Estimated time of one layer.
 *
 * @param kernel its C function
 * @param steps of the plan
 * @param compute as if all memory were as fast as the core
 * @param weights that it reads, if it has any
 */
public record LayerTime(
    int index,
    String name,
    String kernel,
    long macs,
    long steps,
    Cost compute,
    Optional<WeightReads> weights) {

  /**
   * What an inference reads of a layer's constants, caches considered.
   *
   * @param region memory that they are read from
   * @param bytes that cross its bus
   * @param rate unknown where memories are emulated
   */
  public record WeightReads(String region, long bytes, Bandwidth rate) {
    /** Microseconds; 0 where the rate is unknown. */
    public double microseconds() {
      // 10^6 bytes per second are bytes per microsecond.
      return rate.equals(Bandwidth.UNKNOWN) ? 0 : (double) bytes / rate.megabytesPerSecond();
    }
  }

  double readMicroseconds() {
    return weights.map(WeightReads::microseconds).orElse(0.0);
  }
}
