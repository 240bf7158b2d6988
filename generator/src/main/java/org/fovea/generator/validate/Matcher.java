package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * Walks an int8 and a float graph together from their inputs. What one file joins and the other
 * does not (an activation, a PAD, a batch normalisation, a RESHAPE, QUANTIZE) is seen through; the
 * same name is tried last.
 */
final class Matcher {
  /**
   * What an int8 tensor stands for.
   *
   * @param real the float tensor
   * @param source the int8 tensor with the real tensor's own shape
   * @param extra padding that the int8 tensor has already and the real one has not
   * @param awaited activation that the real tensor has already and the int8 one has not
   */
  private record Place(TensorId real, TensorId source, Padding extra, FusedActivation awaited) {
    static Place of(TensorId real, TensorId source) {
      return new Place(real, source, Padding.VALID, FusedActivation.NONE);
    }

    boolean plain() {
      return extra.equals(Padding.VALID) && awaited == FusedActivation.NONE;
    }
  }

  private final Graph int8;
  private final RealGraph real;
  private final Candidates candidates;
  private final Map<TensorId, Place> places = new HashMap<>();
  private final Set<Op> used = new HashSet<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Validation.Unmatched> unmatched = new ArrayList<>();

  private Matcher(Graph int8, Graph real) {
    this.int8 = int8;
    this.real = new RealGraph(real);
    this.candidates = new Candidates(int8, this.real);
  }

  static Pairing match(Graph int8, Graph real) {
    Matcher matcher = new Matcher(int8, real);
    matcher.input(int8.inputs().get(0), real.inputs().get(0));
    int8.ops().forEach(matcher::visit);
    return new Pairing(matcher.pairs, matcher.unmatched);
  }

  private void input(TensorId stored, TensorId wanted) {
    places.put(stored, Place.of(wanted, stored));
    if (int8.tensor(stored).type() == DataType.INT8) {
      pairs.add(new Pair(Optional.empty(), stored, wanted, identity(wanted, stored)));
    }
  }

  private static Optional<Chain> identity(TensorId wanted, TensorId stored) {
    return Optional.of(new Chain(List.of(), List.of(wanted), List.of(stored)));
  }

  private void visit(Op op) {
    List<Place> inputs = op.inputs().stream().map(places::get).toList();
    if (inputs.contains(null)) {
      byName(op, "its input has no counterpart");
    } else if (op instanceof Op.Quantize || op instanceof Op.Dequantize) {
      rescaled(op, inputs.get(0));
    } else if (op instanceof Op.Relu relu && inputs.get(0).awaited() == relu.activation()) {
      Place place = inputs.get(0);
      places.put(relu.output(), Place.of(place.real(), relu.output()));
      pairs.add(new Pair(Optional.of(op), relu.output(), place.real(), Optional.empty()));
    } else {
      search(op, inputs);
    }
  }

  private void rescaled(Op op, Place place) {
    TensorId out = op.outputs().get(0);
    boolean whole = place.plain() && op instanceof Op.Quantize;
    places.put(
        out,
        new Place(
            place.real(),
            op instanceof Op.Quantize ? out : place.source(),
            place.extra(),
            place.awaited()));
    if (whole) {
      TensorId from = op.inputs().get(0);
      boolean first = int8.tensor(from).type() != DataType.INT8;
      pairs.add(
          new Pair(Optional.of(op), out, place.real(), identity(place.real(), first ? out : from)));
    }
  }

  private void search(Op op, List<Place> inputs) {
    List<TensorId> wanted = inputs.stream().map(Place::real).toList();
    Optional<Op> found = candidates.find(op, wanted, inputs.get(0).extra(), used);
    if (found.isPresent() && inputs.stream().allMatch(p -> p.awaited() == FusedActivation.NONE)) {
      take(op, found.get(), inputs);
    } else if (op instanceof Op.Pad pad && inputs.get(0).plain()) {
      Place place = inputs.get(0);
      places.put(
          pad.output(),
          new Place(place.real(), place.source(), pad.padding(), FusedActivation.NONE));
      leave(op, "the float model pads inside its next operator");
    } else if (op instanceof Op.Reshape reshape && inputs.get(0).plain()) {
      TensorId same = inputs.get(0).real();
      places.put(reshape.output(), Place.of(same, reshape.output()));
      pairs.add(new Pair(Optional.of(op), reshape.output(), same, identity(same, reshape.input())));
    } else {
      byName(op, "the float model has no such operator there");
    }
  }

  private void take(Op op, Op found, List<Place> inputs) {
    List<Op> chain = new ArrayList<>();
    List<TensorId> reads =
        new ArrayList<>(candidates.inOrder(op, found, inputs.stream().map(Place::real).toList()));
    if (found instanceof Op.Unary unary && !(found instanceof Op.Pad)) {
      real.pad(unary.input())
          .filter(pad -> !real.origin(unary.input()).equals(real.origin(inputs.get(0).real())))
          .ifPresent(
              pad -> {
                chain.add(pad);
                reads.set(0, pad.input());
              });
    }
    chain.add(found);
    TensorId out = found.outputs().get(0);
    if (found instanceof Op.Conv2d || found instanceof Op.DepthwiseConv2d) {
      chain.addAll(real.scalings(out));
      out = chain.get(chain.size() - 1).outputs().get(0);
    }
    FusedActivation own = RealGraph.activation(op);
    FusedActivation theirs = RealGraph.activation(found);
    TensorId stored = op.outputs().get(0);
    if (own != theirs && own != FusedActivation.NONE) {
      Optional<Op> relu =
          real.onlyReader(out).filter(r -> r instanceof Op.Relu x && x.activation() == own);
      if (relu.isEmpty()) {
        byName(op, "the float model has no " + own + " there");
        return;
      }
      chain.add(relu.get());
      out = relu.get().outputs().get(0);
    }
    used.addAll(chain);
    if (own == FusedActivation.NONE && theirs != FusedActivation.NONE) {
      places.put(stored, new Place(out, stored, Padding.VALID, theirs));
      leave(op, "the float model joins " + theirs + " with it");
      return;
    }
    places.put(stored, Place.of(out, stored));
    List<TensorId> sources = inputs.stream().map(Place::source).toList();
    pairs.add(
        new Pair(Optional.of(op), stored, out, Optional.of(new Chain(chain, reads, sources))));
  }

  private void byName(Op op, String reason) {
    Tensor stored = int8.tensor(op.outputs().get(0));
    Optional<Tensor> same =
        real.graph().ops().stream()
            .filter(o -> !used.contains(o))
            .map(o -> real.graph().tensor(o.outputs().get(0)))
            .filter(t -> t.shape().elements() == stored.shape().elements())
            .filter(t -> plain(t.name()).equals(plain(stored.name())))
            .findFirst();
    if (same.isPresent() && stored.type() == DataType.INT8) {
      places.put(stored.id(), Place.of(same.get().id(), stored.id()));
      pairs.add(new Pair(Optional.of(op), stored.id(), same.get().id(), Optional.empty()));
    } else {
      leave(op, reason);
    }
  }

  /** Without what converters add: {@code a/b;c_int8} is {@code a/b}. */
  private static String plain(String name) {
    return name.replaceFirst(";.*$", "").replaceFirst("_(int8|quantized|dequantized)$", "");
  }

  private void leave(Op op, String reason) {
    Tensor t = int8.tensor(op.outputs().get(0));
    unmatched.add(new Validation.Unmatched(t.id().index(), t.name(), op.kind(), reason));
  }
}
