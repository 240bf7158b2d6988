package org.fovea.host.selftest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.host.detect.Expectation;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Layer;
import org.fovea.host.manifest.Output;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;

/**
 * The test images, each several times, beside the PC's checksums, or an engine's outputs beside the
 * PC's.
 *
 * @param runs of one image each; its runs in order
 */
record Inferences(Deployment deployment, List<Runs> runs) {
  static final int REPEATS = 3;
  private static final String MODEL_UNKNOWN =
      "the model file is not known, so neither are the right checksums";
  static final Check.Subject BITS =
      new Check.Subject("layers", "every layer computes the PC's bits");
  static final Check.Subject NEAR =
      new Check.Subject("layers", "the engine's outputs come near the PC's");
  static final Check.Subject STABLE =
      new Check.Subject("repeats", "the same image gives the same bits");

  /**
   * One image's.
   *
   * @param expectation by the PC
   */
  record Runs(String image, Expectation expectation, List<InferenceResult> results) {
    private List<Long> expected() {
      return expectation.layerCrcs();
    }

    private boolean equal(int layer) {
      return results.stream().allMatch(r -> r.crcs().get(layer).equals(expected().get(layer)));
    }

    private boolean sameOutputs() {
      return results.stream().map(InferenceResult::outputs).distinct().count() == 1;
    }

    private Stream<TensorDifference> differences(List<Output> outputs) {
      return expectation.outputTensors().stream()
          .flatMap(t -> TensorDifference.of(outputs, t, results.get(0).outputs()).stream());
    }

    private boolean stable(int layer) {
      return results.stream().map(r -> r.crcs().get(layer)).distinct().count() == 1;
    }
  }

  /** Runs all of them. */
  static Inferences of(
      Session session, Deployment deployment, Optional<SelfTest.Oracle> oracle, Progress progress) {
    List<Runs> runs = new ArrayList<>();
    for (TestImage image : TestImage.values()) {
      byte[] tensor = image.tensor(deployment.input());
      Expectation expected =
          oracle.map(o -> o.of(tensor)).orElse(new Expectation.Nothing(MODEL_UNKNOWN));
      List<InferenceResult> results = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        results.add(session.infer(tensor, progress));
      }
      runs.add(new Runs(image.title(), expected, results));
    }
    return new Inferences(deployment, runs);
  }

  private List<Layer> layers() {
    return deployment.layers();
  }

  List<InferenceResult> results() {
    return runs.stream().flatMap(r -> r.results().stream()).toList();
  }

  private boolean haveCrcs() {
    return results().stream().allMatch(r -> r.crcs().size() == layers().size());
  }

  private boolean haveExpected() {
    return runs.stream().allMatch(r -> r.expected().size() == layers().size());
  }

  List<Check> checks() {
    if (!deployment.isExact()) {
      return List.of(near(), sameOutputs());
    }
    if (!haveCrcs()) {
      String why = "this firmware makes no checksums";
      return List.of(BITS.notTested(why, ""), STABLE.notTested(why, ""));
    }
    return List.of(bits(), stable());
  }

  /** The worst output of all images decides. */
  private Check near() {
    for (Runs r : runs) {
      if (r.expectation() instanceof Expectation.Nothing nothing) {
        String remedy = nothing.why().equals(MODEL_UNKNOWN) ? "Add --model MODEL" : "";
        return NEAR.notTested(nothing.why(), remedy);
      }
    }
    TensorDifference worst =
        runs.stream()
            .flatMap(r -> r.differences(deployment.outputs()))
            .min(Comparator.comparingDouble(TensorDifference::decibels))
            .orElseThrow();
    String found =
        Check.text(
            "engine: %s, output '%s' being the furthest; the bound is %.0f dB",
            worst.text(), worst.output(), TensorDifference.LEAST);
    return worst.isClose()
        ? NEAR.pass(found)
        : NEAR.fail(found, "Compile the network of this very .tflite file, and generate again");
  }

  private Check sameOutputs() {
    for (Runs r : runs) {
      if (!r.sameOutputs()) {
        return STABLE.fail(
            "outputs differ between runs of image '" + r.image() + "'",
            "Look at the engine's driver, its clock and supply, and who else uses it");
      }
    }
    return STABLE.pass(Check.text("%d images, %d times each", runs.size(), REPEATS));
  }

  private Check bits() {
    if (!haveExpected()) {
      return BITS.notTested(MODEL_UNKNOWN, "Add --model MODEL");
    }
    for (Runs r : runs) {
      for (Layer layer : layers()) {
        if (!r.equal(layer.index())) {
          return BITS.fail(
              LayerDifference.found(layer) + ", first on image '" + r.image() + "'",
              LayerDifference.remedy(layer));
        }
      }
    }
    return BITS.pass(
        Check.text("checksums of all %d layers, %d images", layers().size(), runs.size()));
  }

  private Check stable() {
    for (Runs r : runs) {
      for (Layer layer : layers()) {
        if (!r.stable(layer.index())) {
          return STABLE.fail(
              Check.text(
                  "layer %d '%s' differs between runs of image '%s'",
                  layer.index(), layer.name(), r.image()),
              "Look at the supply, the clock and flash wait states, caches and whatever else"
                  + " writes to this memory");
        }
      }
    }
    return STABLE.pass(Check.text("%d images, %d times each", runs.size(), REPEATS));
  }

  List<SelfTestSheet.LayerRow> rows() {
    return layers().stream().map(this::row).toList();
  }

  private SelfTestSheet.LayerRow row(Layer layer) {
    int index = layer.index();
    boolean known = haveCrcs() && haveExpected();
    return new SelfTestSheet.LayerRow(
        index,
        layer.name(),
        layer.kernel(),
        layer.variant(),
        layer.weightsRegion(),
        layer.macs(),
        known ? Optional.of(runs.stream().allMatch(r -> r.equal(index))) : Optional.empty(),
        haveCrcs() && runs.stream().allMatch(r -> r.stable(index)),
        ticks(index));
  }

  private Optional<SelfTestSheet.Ticks> ticks(int layer) {
    List<Long> sorted =
        results().stream()
            .filter(r -> r.ticks().size() == layers().size())
            .map(r -> r.ticks().get(layer))
            .sorted(Long::compareUnsigned)
            .toList();
    return IntStream.of(sorted.size())
        .filter(n -> n > 0)
        .mapToObj(n -> new SelfTestSheet.Ticks(sorted.get(0), sorted.get(n / 2), sorted.get(n - 1)))
        .findFirst();
  }
}
