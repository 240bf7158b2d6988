package org.fovea.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.validate.Validation;
import org.fovea.host.report.ValidationSheet;
import org.fovea.host.report.ValidationSheet.Exactness;

/** What the page and the JSON show of a validation. */
final class ValidationSheets {
  /** Beyond these, the float kernels of different processors differ. */
  private static final MathContext DIGITS = new MathContext(4);

  private static final int WORST = 10;

  private ValidationSheets() {}

  static ValidationSheet of(
      ModelFile int8,
      ModelFile real,
      Validation validation,
      Optional<ValidationSheet.Boxes> boxes,
      Optional<ValidationSheet.Accuracy> accuracy,
      List<Exactness> bits,
      ValidationRun.Limits limits,
      List<String> remarks) {
    List<ValidationSheet.Output> outputs = new ArrayList<>();
    for (int i = 0; i < validation.outputs().size(); i++) {
      Optional<Validation.Layer> layer = validation.outputs().get(i);
      outputs.add(
          new ValidationSheet.Output(
              i,
              int8.graph().tensor(int8.graph().outputs().get(i)).name(),
              layer.map(Validation.Layer::tensor),
              layer.map(l -> rounded(l.sqnrDb())),
              layer.map(l -> rounded(l.cosine()))));
    }
    return new ValidationSheet(
        new ValidationSheet.Model(int8.name(), int8.sha256()),
        new ValidationSheet.Model(real.name(), real.sha256()),
        validation.images(),
        validation.layers().stream().map(ValidationSheets::row).toList(),
        validation.worst(WORST).stream().map(Validation.Layer::tensor).toList(),
        outputs,
        validation.unmatched().stream()
            .map(u -> new ValidationSheet.Unmatched(u.tensor(), u.name(), u.operator(), u.reason()))
            .toList(),
        boxes,
        accuracy,
        bits,
        verdict(outputs, accuracy, bits, limits),
        remarks);
  }

  static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private static ValidationSheet.Row row(Validation.Layer l) {
    return new ValidationSheet.Row(
        l.tensor(),
        l.name(),
        l.operator(),
        l.shape(),
        l.real(),
        l.scale(),
        l.zeroPoint(),
        rounded(l.sqnrDb()),
        l.ownDb().map(ValidationSheets::rounded),
        rounded(l.cosine()),
        rounded(l.maxError()),
        rounded(l.maxErrorSteps()),
        rounded(l.meanError()),
        rounded(l.low()),
        rounded(l.high()),
        rounded(l.rangeLow()),
        rounded(l.rangeHigh()),
        rounded(l.below()),
        rounded(l.above()),
        rounded(l.needlesslyLow()),
        rounded(l.needlesslyHigh()),
        l.codes(),
        l.histogram(),
        l.causes().stream()
            .map(
                d ->
                    new ValidationSheet.Cause(
                        Sizes.lower(d.cause()),
                        d.cause().title(),
                        d.evidence(),
                        d.cause().remedy()))
            .toList());
  }

  static Exactness kernels(Validation validation) {
    Validation.ReferenceKernels kernels = validation.kernels();
    String what = "Java = TFLite's reference kernels";
    if (kernels.skipped().isPresent()) {
      return new Exactness(what, Optional.empty(), "not compared: " + kernels.skipped().get());
    }
    return new Exactness(
        what,
        Optional.of(kernels.difference().isEmpty()),
        kernels
            .difference()
            .map(
                d ->
                    "%s, tensor %d '%s' differs first: %d values by up to %d, on %s"
                        .formatted(
                            d.operator(), d.tensor(), d.name(), d.values(), d.largest(), d.image()))
            .orElse(
                "every byte of %d tensors, %d images"
                    .formatted(kernels.tensors(), validation.images())));
  }

  private static ValidationSheet.Verdict verdict(
      List<ValidationSheet.Output> outputs,
      Optional<ValidationSheet.Accuracy> accuracy,
      List<Exactness> bits,
      ValidationRun.Limits limits) {
    List<String> reasons = new ArrayList<>();
    bits.stream()
        .filter(b -> !b.same().orElse(true))
        .forEach(b -> reasons.add("bits differ: " + b.what()));
    for (ValidationSheet.Output output : outputs) {
      double db = output.sqnrDb().orElse(Double.NEGATIVE_INFINITY);
      if (limits.minSqnrDb().isPresent() && db < limits.minSqnrDb().getAsDouble()) {
        reasons.add(
            text(
                "output %d has %.1f dB, not %.1f",
                output.index(), db, limits.minSqnrDb().getAsDouble()));
      }
    }
    if (limits.maxDropPoints().isPresent()) {
      double most = limits.maxDropPoints().getAsDouble();
      if (accuracy.isEmpty()) {
        reasons.add("no AP could be computed to hold against --max-drop");
      } else if (accuracy.get().dropPoints() > most) {
        reasons.add(
            text("AP@0.5 dropped by %.2f points, not %.2f", accuracy.get().dropPoints(), most));
      }
    }
    return new ValidationSheet.Verdict(reasons.isEmpty(), reasons);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
