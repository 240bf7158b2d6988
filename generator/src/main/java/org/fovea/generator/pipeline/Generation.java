package org.fovea.generator.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.emit.CubeTarget;
import org.fovea.generator.emit.Emitter;
import org.fovea.generator.emit.Firmware;
import org.fovea.generator.emit.Manifest;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.emit.Target;
import org.fovea.generator.emit.Targets;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.plan.Purpose;

/** From a fit to a project. */
public final class Generation {
  private Generation() {}

  /**
   * The project of a model on a board.
   *
   * @throws UserFault.DoesNotFit when it does not
   */
  public static OutputTree project(Deployable fit) {
    if (!fit.fits()) {
      throw new UserFault.DoesNotFit(fit.shortfalls());
    }
    Manifest manifest = ManifestOf.of(fit);
    String layout = ModelFile.sha256(manifest.toJson().getBytes(StandardCharsets.UTF_8));
    Target target =
        switch (fit.project()) {
          case FIRMWARE -> Targets.of(fit.allocation(), fit.reserved());
          case CUBE -> CubeTarget.of(fit.allocation());
        };
    return new Emitter().emit(firmware(fit, layout, target), manifest.withLayout(layout).toJson());
  }

  private static Firmware firmware(Deployable fit, String layout, Target target) {
    Map<Purpose, String> regions = new TreeMap<>();
    fit.allocation().needs().forEach(p -> regions.put(p.need().purpose(), p.region().name()));
    return new Firmware(
        fit.model().name(),
        fit.model().sha256(),
        layout,
        fit.computation(),
        HeadFacts.boxes(fit.model(), fit.computation().network()),
        target,
        fit.rtos(),
        fit.stacks(),
        regions,
        fit.allocation().weights());
  }
}
