package org.fovea.generator.estimate;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Step;

/**
 * What one inference repeats.
 *
 * @param layers in order
 * @param driver what runs between the steps: rows taken in, steps found
 */
public record Workload(List<LayerWork> layers, Tally driver) {
  /** What {@code kernel-costs.csv} calls it. */
  public static final String DRIVER = "fv_net";

  /**
   * One layer's share.
   *
   * @param kernel its C function
   */
  public record LayerWork(Layer layer, String kernel, Tally tally) {}

  public Workload {
    layers = List.copyOf(layers);
  }

  /** On one core. */
  public static Workload of(MemoryPlan plan, List<KernelChoice> kernels) {
    return of(plan, kernels, 1);
  }

  /**
   * On several cores: what the busiest of them repeats.
   *
   * @param parts into which kernels that can cut a call do so
   */
  public static Workload of(MemoryPlan plan, List<KernelChoice> kernels, int parts) {
    List<List<Step>> steps = new ArrayList<>();
    plan.network().layers().forEach(l -> steps.add(new ArrayList<>()));
    plan.steps().forEach(s -> steps.get(s.layer()).add(s));
    List<LayerWork> layers = new ArrayList<>();
    for (Layer layer : plan.network().layers()) {
      KernelChoice choice = kernels.get(layer.index());
      Tally tally = LayerCounts.of(layer, choice, parts, steps.get(layer.index()));
      layers.add(new LayerWork(layer, choice.function(), tally));
    }
    return new Workload(layers, driver(plan));
  }

  private static Tally driver(MemoryPlan plan) {
    var image = plan.network().input().shape();
    Tally tally = new Tally();
    tally.add("row", image.height());
    tally.add("byte", image.elements());
    tally.add("step", plan.steps().size());
    return tally;
  }
}
