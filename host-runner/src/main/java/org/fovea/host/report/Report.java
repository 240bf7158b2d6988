package org.fovea.host.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.manifest.Counter;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;

/**
 * What a report is made from: the plan, the built sizes, the runs.
 *
 * @param footprint without regions when nothing was built
 * @param times of the tasks while the images were in work
 */
public record Report(
    Deployment deployment, Footprint footprint, List<RunResult> runs, TaskTimes times) {
  public Report {
    runs = List.copyOf(runs);
  }

  /** Where the run's figures come from: every one is labelled with this word. */
  String word() {
    return runs.isEmpty() ? "estimated" : deployment.board().emulated() ? "emulated" : "measured";
  }

  String tickUnit() {
    return switch (deployment.counter()) {
      case CYCLES -> "cycles";
      case INSTRUCTIONS -> "instructions";
      case NANOSECONDS -> "ns";
    };
  }

  /** Ticks of a whole inference, as a person reads them. */
  String amount(long ticks) {
    if (deployment.counter() == Counter.NANOSECONDS) {
      String whose = deployment.board().emulated() ? " of the emulating PC" : "";
      return Figures.decimal(ticks / 1e6, 1) + " ms" + whose;
    }
    return Figures.metric(ticks) + " " + tickUnit();
  }

  /** The run whose ticks the layer table shows. */
  Optional<RunResult> profiled() {
    return runs.stream().filter(run -> !run.ticks().isEmpty()).findFirst();
  }

  /** The first layer that differs from the PC in any run. */
  OptionalInt firstDifference() {
    return layers().filter(i -> state(i) == CrcState.DIFFERENT).findFirst();
  }

  boolean allCompared() {
    return !runs.isEmpty() && layers().allMatch(i -> state(i) != CrcState.UNKNOWN);
  }

  /** The output furthest from the PC's, of an engine that need not equal it. */
  Optional<TensorDifference> worstDifference() {
    return runs.stream()
        .flatMap(run -> run.differences().stream())
        .min(Comparator.comparingDouble(TensorDifference::decibels));
  }

  /** A layer's checksum on the board beside the one of the PC, over all runs. */
  enum CrcState {
    EQUAL,
    DIFFERENT,
    UNKNOWN
  }

  CrcState state(int layer) {
    List<RunResult> compared = runs.stream().filter(run -> run.compared(layer)).toList();
    if (compared.isEmpty()) {
      return CrcState.UNKNOWN;
    }
    boolean equal = compared.stream().allMatch(run -> run.equal(layer));
    return equal ? CrcState.EQUAL : CrcState.DIFFERENT;
  }

  boolean sizesHold() {
    return footprint.regions().stream()
        .allMatch(
            region ->
                region.linked() <= region.bytes()
                    && region.sections().stream().allMatch(Footprint.Section::holds));
  }

  /** Whether no stack was deeper in any run than the build's analysis says it can get. */
  boolean stacksHold() {
    return runs.stream()
        .flatMap(run -> run.memory().stream())
        .allMatch(m -> footprint.stack(m.name()).stream().allMatch(s -> m.used() <= s.bound()));
  }

  private IntStream layers() {
    return IntStream.range(0, deployment.layers().size());
  }
}
