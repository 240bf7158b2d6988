package org.fovea.generator.estimate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Bandwidth;
import org.fovea.generator.board.Board;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.WeightPlacement;

/**
 * Estimated time of one inference on one core of a board at its default clock.
 *
 * @param driver what runs between the layers
 */
public record Estimate(long hertz, List<LayerTime> layers, Cost driver) {
  /** What misses of the caches, wait states and wrong predictions may add. */
  public static final double UNMODELLED = 0.25;

  private static final double MICRO = 1e6;

  public Estimate {
    layers = List.copyOf(layers);
  }

  /**
   * The estimate of a plan.
   *
   * @param kernels one per layer
   * @param placement of the weights
   * @throws UserFault.BoardRejected when nothing is known of the board's core
   */
  public static Estimate of(
      MemoryPlan plan, List<KernelChoice> kernels, WeightPlacement placement, Board board) {
    if (!KernelCosts.knows(board.cpu().core())) {
      throw new UserFault.BoardRejected(List.of(noCosts(board)));
    }
    Map<String, Bandwidth> rates =
        placement.pieces().stream()
            .collect(Collectors.toMap(p -> p.region().name(), WeightPlacement.Piece::rate));
    Workload work = Workload.of(plan, kernels);
    List<LayerTime> layers =
        work.layers().stream().map(l -> layer(l, placement, rates, board)).toList();
    Cost driver = KernelCosts.of(board.cpu().core(), Workload.DRIVER, work.driver());
    return new Estimate(board.cpu().defaultHertz(), layers, driver);
  }

  private static Finding noCosts(Board board) {
    return new Finding(
        board.id(),
        "no time can be estimated",
        "what the kernels cost on a " + board.cpu().core().id() + " is not known",
        "choose a board with a Cortex-M (fovea boards)");
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
