package org.fovea.generator.quantize;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;

/** A range for every activation; tensors of one scale group have the same. */
record Ranges(Map<TensorId, Chosen> chosen) {

  /** A range and the method that gave it. */
  record Chosen(Range range, String method) {}

  Ranges {
    chosen = new TreeMap<>(chosen);
  }

  Chosen of(TensorId id) {
    return chosen.get(id);
  }

  Ranges with(List<TensorId> group, Chosen other) {
    Map<TensorId, Chosen> changed = new TreeMap<>(chosen);
    group.forEach(id -> changed.put(id, other));
    return new Ranges(changed);
  }

  /** Least and greatest values. */
  static Chosen minmax(Calibration calibration, List<TensorId> group) {
    double low = group.stream().mapToDouble(id -> calibration.of(id).min()).min().orElse(0);
    double high = group.stream().mapToDouble(id -> calibration.of(id).max()).max().orElse(0);
    return new Chosen(new Range(low, high), "minmax");
  }

  /**
   * The same with the ranges of the model's outputs chosen by boxes and scores.
   *
   * @param heads those outputs of which boxes are read
   */
  Ranges forHeads(Calibration calibration, List<Head> heads) {
    Graph graph = calibration.graph();
    ScaleGroups groups = ScaleGroups.of(graph);
    Ranges ranges = this;
    for (Head head : heads) {
      if (head instanceof Head.Grid grid && HeadLoss.reads(grid)) {
        List<float[]> values = HeadValues.of(calibration, grid);
        for (Head.Part part : grid.parts()) {
          TensorId output = graph.outputs().get(part.output());
          List<TensorId> group =
              groups.all().stream().filter(g -> g.contains(output)).findFirst().orElseThrow();
          HeadLoss loss = new HeadLoss(grid, part, values);
          Range extremes = minmax(calibration, group).range();
          ranges =
              ranges.with(group, new Chosen(GroupHistogram.search(extremes, loss::of), "boxes"));
        }
      }
    }
    return ranges;
  }

  /** By one method for all. */
  static Ranges of(Calibration calibration, Method method) {
    Graph graph = calibration.graph();
    Importance importance = Importance.of(calibration);
    Ranges ranges = new Ranges(Map.of());
    for (List<TensorId> group : ScaleGroups.of(graph).all()) {
      ranges =
          ranges.with(
              group,
              method == Method.MINMAX
                  ? minmax(calibration, group)
                  : GroupHistogram.of(calibration, importance, group).choose(method));
    }
    return ranges;
  }
}
