package org.fovea.generator.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;
import org.fovea.generator.plan.Planner;
import org.fovea.generator.tflite.TfliteWriter;

/**
 * Networks whose layers all have the same room for scratch. The search gives small layers plain C
 * where nothing is gained; here they have the fast kernels, so that these are tried.
 */
final class EvenKernels {
  private EvenKernels() {}

  static Compiled compiled(Path folder, Graph graph, PlanGoal goal, KernelSet set, long share)
      throws Exception {
    ModelFile model =
        ModelFile.read(Files.write(folder.resolve("model.tflite"), TfliteWriter.write(graph)));
    Network network = Lowering.lower(model.graph(), Camera.source(model, PixelFormat.RGB888));
    List<KernelChoice> kernels =
        network.layers().stream().map(l -> KernelChooser.choose(l, set, share)).toList();
    Planned planned = Planner.plan(network, kernels, goal);
    return new Compiled(
        model, network, kernels, planned.plan(), planned.summary(), Constants.of(network, kernels));
  }
}
