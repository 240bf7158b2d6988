package org.fovea.generator.estimate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Bandwidth;
import org.fovea.generator.board.Board;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.WeightPlacement;

/**
 * Estimated time of one inference on a board at its default clock.
 *
 * @param cores that share the work; costs are those of the busiest, which waits for no other
 * @param driver what runs between the layers
 */
public record Estimate(long hertz, int cores, List<LayerTime> layers, Cost driver) {
  /** What misses of the caches, wait states and wrong predictions may add. */
  public static final double UNMODELLED = 0.25;

  private static final double MICRO = 1e6;

  /** {@code FV_MOST_PARTS} of {@code runtime/fv_parallel.h}. */
  private static final int MOST_PARTS = 2;

  public Estimate {
    layers = List.copyOf(layers);
  }

  /**
   * The estimate of a plan.
   *
   * @param kernels one per layer
   * @param placement of the weights
   */
  public static Estimate of(
      MemoryPlan plan, List<KernelChoice> kernels, WeightPlacement placement, Board board) {
    Map<String, Bandwidth> rates =
        placement.pieces().stream()
            .collect(Collectors.toMap(p -> p.region().name(), WeightPlacement.Piece::rate));
    int cores = cores(board);
    Workload work = Workload.of(plan, kernels, cores);
    List<LayerTime> layers =
        work.layers().stream().map(l -> layer(l, placement, rates, board)).toList();
    Cost driver = KernelCosts.of(board.cpu().core(), Workload.DRIVER, work.driver());
    return new Estimate(board.cpu().defaultHertz(), cores, layers, driver);
  }

  /** Under Linux the kernels share their work; on a microcontroller one core has it. */
  private static int cores(Board board) {
    boolean shares = KernelSet.of(board.cpu().core()) == KernelSet.NEON;
    return shares ? Math.min(MOST_PARTS, board.cpu().count()) : 1;
  }

  private static LayerTime layer(
      Workload.LayerWork work,
      WeightPlacement placement,
      Map<String, Bandwidth> rates,
      Board board) {
    Optional<WeightPlacement.Place> place = placement.of(work.layer().index());
    return new LayerTime(
        work.layer().index(),
        work.layer().name(),
        work.kernel(),
        work.layer().macs(),
        work.tally().counts().get("call"),
        KernelCosts.of(board.cpu().core(), work.kernel(), work.tally()),
        place.map(
            p ->
                new LayerTime.WeightReads(
                    p.region().name(),
                    bytesRead(p, work.tally(), board),
                    rates.get(p.region().name()))));
  }

  /** Constants that take up to half of the data cache cross the bus once a step. */
  private static long bytesRead(WeightPlacement.Place place, Tally tally, Board board) {
    long bytes = place.layer().bytes();
    boolean cached = bytes <= board.cpu().dcacheBytes() / 2;
    return cached ? place.layer().bytesRead() : Math.multiplyExact(bytes, tally.weightPasses());
  }

  /** Of all layers and what runs between them. */
  public Cost compute() {
    return layers.stream().map(LayerTime::compute).reduce(driver, Cost::plus);
  }

  /** Microseconds in which the weights cross their memories. */
  public double readMicroseconds() {
    return layers.stream().mapToDouble(LayerTime::readMicroseconds).sum();
  }

  /** Whether the read rates of all memories with weights are known. */
  public boolean knowsReads() {
    return layers.stream()
        .flatMap(l -> l.weights().stream())
        .noneMatch(w -> w.rate().equals(Bandwidth.UNKNOWN));
  }

  /** Microseconds of some cycles. */
  public double microseconds(double cycles) {
    return cycles * MICRO / hertz;
  }

  /** Reads wait for nothing and nothing waits for reads: by the strict model, then the reads. */
  public double sumMicroseconds() {
    return microseconds(compute().strictCycles()) + readMicroseconds();
  }

  /** Reads hide behind computing, or computing behind reads; by llvm-mca. */
  public double leastMicroseconds() {
    return Math.max(microseconds(compute().cycles()), readMicroseconds());
  }

  /** The sum, and what is not modelled. */
  public double mostMicroseconds() {
    return sumMicroseconds() * (1 + UNMODELLED);
  }
}
