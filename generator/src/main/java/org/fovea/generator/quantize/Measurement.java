package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;

/** The int8 model beside the float one, on the same images, tensor by tensor. */
final class Measurement {
  private static final int IMAGES = 8;

  /** What a perfect copy is told as. */
  private static final double MOST_DB = 200;

  private final Map<TensorId, double[]> signalAndError = new TreeMap<>();
  private final Map<TensorId, long[]> saturatedAndAll = new TreeMap<>();
  private final Graph int8;
  private final int images;

  private Measurement(Graph int8, int images) {
    this.int8 = int8;
    this.images = images;
  }

  /**
   * @param real RELUs apart
   * @param int8 RELUs joined; its tensors are those of {@code real}
   */
  static Measurement of(Graph real, Graph int8, CalibrationImages pictures) {
    int count = Math.min(IMAGES, pictures.names().size());
    Measurement measured = new Measurement(int8, count);
    PreparedModel prepared = PreparedModel.of(int8);
    TensorId input = int8.inputs().get(0);
    PerTensor scale = (PerTensor) int8.tensor(input).quantization();
    try (FloatRun run = new FloatRun(real)) {
      for (int i = 0; i < count; i++) {
        byte[] tensor = pictures.tensor((int) ((long) pictures.names().size() * i / count));
        run.run(tensor);
        byte[] stored = LayerByLayer.stored(Floats.of(tensor), scale);
        Activations activations = prepared.run(Map.of(input, stored));
        for (Op op : int8.ops()) {
          TensorId id = op.outputs().get(0);
          measured.add(id, run.values(id), activations.bytes(id));
        }
      }
    }
    return measured;
  }

  private void add(TensorId id, float[] real, byte[] stored) {
    PerTensor q = (PerTensor) int8.tensor(id).quantization();
    float low = q.scale() * (Byte.MIN_VALUE - q.zeroPoint() - 0.5f);
    float high = q.scale() * (Byte.MAX_VALUE - q.zeroPoint() + 0.5f);
    double[] sums = signalAndError.computeIfAbsent(id, i -> new double[2]);
    long[] counts = saturatedAndAll.computeIfAbsent(id, i -> new long[2]);
    for (int i = 0; i < real.length; i++) {
      double off = real[i] - (double) q.scale() * (stored[i] - q.zeroPoint());
      sums[0] += (double) real[i] * real[i];
      sums[1] += off * off;
      counts[0] += real[i] < low || real[i] > high ? 1 : 0;
    }
    counts[1] += real.length;
  }

  private double decibel(TensorId id) {
    return decibel(List.of(id));
  }

  private double decibel(List<TensorId> together) {
    double[] sums = new double[2];
    for (TensorId id : together) {
      sums[0] += signalAndError.get(id)[0];
      sums[1] += signalAndError.get(id)[1];
    }
    return sums[1] <= 0 ? MOST_DB : Math.min(MOST_DB, 10 * Math.log10(sums[0] / sums[1]));
  }

  Report report(
      Settings settings,
      Ranges ranges,
      List<Head> heads,
      int calibrated,
      List<String> pairs,
      List<String> notes) {
    List<Report.Row> rows = new ArrayList<>();
    for (Op op : int8.ops()) {
      Tensor t = int8.tensor(op.outputs().get(0));
      PerTensor q = (PerTensor) t.quantization();
      Ranges.Chosen chosen = ranges.of(t.id());
      long[] counts = saturatedAndAll.get(t.id());
      rows.add(
          new Report.Row(
              t.id().index(),
              t.name(),
              op.kind(),
              t.shape().toString(),
              chosen.method(),
              chosen.range().low(),
              chosen.range().high(),
              q.scale(),
              q.zeroPoint(),
              (double) counts[0] / counts[1],
              decibel(t.id())));
    }
    return new Report(
        lower(settings.method()),
        settings.steps().stream().sorted().map(Measurement::lower).toList(),
        settings.perTensorWeights(),
        calibrated,
        images,
        pairs,
        int8.outputs().stream().map(this::decibel).toList(),
        heads.stream().map(head -> decibel(outputs(head))).toList(),
        rows,
        notes);
  }

  private List<TensorId> outputs(Head head) {
    return head.parts().stream().map(part -> int8.outputs().get(part.output())).toList();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT);
  }
}
