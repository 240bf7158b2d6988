package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.quantize.Floats;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;

/**
 * Runs an int8 model and its float model on pictures, one at a time, and sums up what each layer
 * lost. The int8 model runs in the Java executor, the float model in TensorFlow Lite.
 */
public final class Validator implements AutoCloseable {
  private static final int BINS = 32;

  /** A model with its file's bytes. */
  public record Model(Graph graph, ConstData file) {
    public static Model of(Graph graph, byte[] file) {
      return new Model(graph, ConstData.of(file));
    }

    /** Tensors that the file has, with biases that it leaves out; a simplified graph has more. */
    private int fileTensors() {
      return TfliteReader.read(file.toBytes()).tensors().size();
    }

    /** With a file of its own where the graph has tensors that this one lacks. */
    private Model complete() {
      if (graph.tensors().size() <= fileTensors()) {
        return this;
      }
      if (graph.ops().stream().anyMatch(op -> op instanceof Op.Unsupported)) {
        return new Model(TfliteReader.read(file.toBytes()), file);
      }
      byte[] own = TfliteWriter.write(graph);
      return of(TfliteReader.read(own), own);
    }
  }

  /** What both models gave for one picture, the float model's outputs in its order. */
  public record Results(Activations int8, List<float[]> real) {}

  private final Graph int8;
  private final Graph real;
  private final Optional<ModelCard> card;
  private final PreparedModel prepared;
  private final TfliteInterpreter tflite;
  private final ReferenceCheck reference;
  private final Pairing pairing;
  private final List<PairRun> runs = new ArrayList<>();
  private int images;

  /**
   * @param card of the float model, where there is one
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when one of them cannot be run
   */
  public Validator(Model int8, Model real, Optional<ModelCard> card) {
    Model whole = real.complete();
    this.int8 = int8.graph();
    this.real = whole.graph();
    this.card = card;
    this.prepared = PreparedModel.of(int8.graph());
    this.pairing = Matcher.match(int8.graph(), whole.graph());
    this.tflite =
        TfliteInterpreter.openKeepingTensors(
            whole.file().toBytes(), TfliteInterpreter.Kernels.DEFAULT, 1);
    this.reference = new ReferenceCheck(int8.graph(), int8.file().toBytes(), int8.fileTensors());
    pairing.pairs().forEach(pair -> runs.add(new PairRun(this.int8, this.real, pair)));
  }

  /**
   * Adds one picture.
   *
   * @param stored the int8 model's input, of its type
   * @param picture the float model's input
   */
  public Results add(String name, byte[] stored, byte[] picture) {
    List<float[]> outputs = tflite.run(List.of(picture)).stream().map(Floats::of).toList();
    Activations activations = prepared.run(Map.of(int8.inputs().get(0), stored));
    reference.add(name, stored, activations);
    Map<TensorId, float[]> read = new HashMap<>();
    for (PairRun run : runs) {
      run.add(
          activations, id -> read.computeIfAbsent(id, i -> Floats.of(tflite.tensor(i.index()))));
    }
    images++;
    return new Results(activations, outputs);
  }

  /** What was found on all pictures so far. */
  public Validation validation() {
    Map<TensorId, Validation.Layer> byTensor = new HashMap<>();
    List<Validation.Layer> layers = new ArrayList<>();
    for (PairRun run : runs) {
      Validation.Layer layer = layer(run);
      layers.add(layer);
      byTensor.put(run.pair().int8(), layer);
    }
    return new Validation(
        images,
        layers,
        int8.outputs().stream().map(id -> Optional.ofNullable(byTensor.get(inner(id)))).toList(),
        pairing.unmatched(),
        reference.result());
  }

  /** The int8 tensor behind a DEQUANTIZE. */
  private TensorId inner(TensorId output) {
    return int8.ops().stream()
        .filter(op -> op instanceof Op.Dequantize && op.outputs().contains(output))
        .map(op -> op.inputs().get(0))
        .findFirst()
        .orElse(output);
  }

  private Validation.Layer layer(PairRun run) {
    TensorSums total = run.total();
    double step = total.scale().scale();
    int zero = total.scale().zeroPoint();
    List<Long> histogram = new ArrayList<>();
    for (long count : total.histogram(BINS)) {
      histogram.add(count);
    }
    return new Validation.Layer(
        run.tensor().id().index(),
        run.tensor().name(),
        run.pair().op().map(Op::kind).orElse("INPUT"),
        run.tensor().shape().toString(),
        real.tensor(run.pair().real()).name(),
        step,
        zero,
        total.sqnrDb(),
        run.ownDb(),
        total.cosine(),
        total.maxError(),
        total.maxError() / step,
        total.meanError(),
        total.low(),
        total.high(),
        step * (Byte.MIN_VALUE - zero),
        step * (Byte.MAX_VALUE - zero),
        total.below(),
        total.above(),
        total.needlesslyLow(),
        total.needlesslyHigh(),
        total.codesOf(Rules.TAIL),
        histogram,
        Rulebook.judge(facts(run)));
  }

  private Facts facts(PairRun run) {
    Pair pair = run.pair();
    boolean input = int8.inputs().contains(pair.int8()) || reads(pair, int8.inputs());
    return new Facts(
        run.total(),
        run.own(),
        weights(pair),
        operands(pair),
        head(pair.int8()),
        input ? card.map(ModelCard::input) : Optional.empty());
  }

  /** Whether the pair is the model's input brought to int8. */
  private static boolean reads(Pair pair, List<TensorId> inputs) {
    return pair.op()
        .filter(op -> op instanceof Op.Quantize && inputs.containsAll(op.inputs()))
        .isPresent();
  }

  private Optional<WeightValues> weights(Pair pair) {
    Optional<TensorId> stored = pair.op().flatMap(Candidates::weights);
    Optional<TensorId> wanted =
        pair.chain().stream()
            .flatMap(c -> c.ops().stream())
            .flatMap(op -> Candidates.weights(op).stream())
            .findFirst();
    return stored.isPresent()
            && wanted.isPresent()
            && real.tensor(wanted.get()).type() == DataType.FLOAT32
            && real.tensor(wanted.get()).isConst()
        ? Optional.of(
            WeightValues.of(
                pair.op().orElseThrow(), int8.tensor(stored.get()), real.tensor(wanted.get())))
        : Optional.empty();
  }

  private List<Double> operands(Pair pair) {
    if (pair.op().isEmpty() || pair.op().get().inputs().size() < 2) {
      return List.of();
    }
    return pair.op().get().inputs().stream()
        .flatMap(id -> runs.stream().filter(r -> r.pair().int8().equals(id)))
        .map(r -> r.total().rms())
        .toList();
  }

  private Optional<Head.Grid> head(TensorId id) {
    return card.stream()
        .flatMap(c -> c.heads().stream())
        .filter(h -> h.parts().size() == 1)
        .filter(h -> inner(int8.outputs().get(h.parts().get(0).output())).equals(id))
        .filter(h -> h instanceof Head.Grid)
        .map(h -> (Head.Grid) h)
        .findFirst();
  }

  @Override
  public void close() {
    runs.forEach(PairRun::close);
    reference.close();
    tflite.close();
  }
}
