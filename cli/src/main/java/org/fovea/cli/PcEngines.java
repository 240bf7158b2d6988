package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.manifest.Detector;

/** Models on this PC: float ones in TFLite itself, all others as the firmware computes. */
record PcEngines(int threads, Optional<Engine.Int8> int8, PixelFormat pixels) implements Engines {

  @Override
  public <T> T with(ModelFile file, ModelCard.Thresholds thresholds, Function<Engine, T> work) {
    try (Engine engine = engine(file, thresholds)) {
      return work.apply(engine);
    }
  }

  private Engine engine(ModelFile file, ModelCard.Thresholds thresholds) {
    if (isFloat(file.graph())) {
      int8.ifPresent(asked -> refuse(file, asked));
      Detector detector =
          Engines.detector(file, DetectorManifest.ofFloat(file, thresholds, pixels));
      return new FloatEngine(file.content(), DetectorManifest.card(file).input(), detector);
    }
    Compiled compiled = Compiled.of(file, PlanGoal.DEFAULT, pixels);
    Detector detector = Engines.detector(file, DetectorManifest.of(compiled, thresholds));
    return switch (int8.orElse(Engine.Int8.JAVA)) {
      case JAVA -> new JavaEngine(compiled, detector);
      case C -> new CEngine(compiled, detector);
    };
  }

  private static void refuse(ModelFile file, Engine.Int8 asked) {
    throw new UserFault.UsageRefused(
        List.of(
            new Finding(
                "--engine " + Sizes.lower(asked),
                "does not run " + file.name(),
                "it is a float model, and boards run int8",
                "leave --engine out: float models run in TFLite")));
  }

  private static boolean isFloat(Graph graph) {
    return graph.tensors().stream()
        .noneMatch(t -> t.type() == DataType.INT8 || t.type() == DataType.UINT8);
  }
}
