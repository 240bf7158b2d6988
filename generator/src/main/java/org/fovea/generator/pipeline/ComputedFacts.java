package org.fovea.generator.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.board.Region;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.EngineCall;
import org.fovea.generator.emit.LinkBuffers;
import org.fovea.generator.emit.Manifest;
import org.fovea.generator.emit.OwnKernels;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.PlanSummary;
import org.fovea.generator.plan.WeightPlacement;

/** The manifest's part that differs with who computes the network. */
record ComputedFacts(
    String weightsCrc32,
    String tablesCrc32,
    Optional<Manifest.EngineFacts> engine,
    List<Manifest.LayerFacts> layers,
    Manifest.PlanFacts plan,
    List<Manifest.ArenaBuffer> buffers) {

  static ComputedFacts of(Deployable fit) {
    return fit.computation().accept(new Of(fit.allocation().weights()));
  }

  private record Of(WeightPlacement weights) implements Computation.Cases<ComputedFacts> {
    @Override
    public ComputedFacts own(OwnKernels own) {
      return new ComputedFacts(
          hex(own.constants().crc32(Constant.Section.WEIGHTS)),
          hex(own.constants().crc32(Constant.Section.TABLES)),
          Optional.empty(),
          own.network().layers().stream().map(l -> layer(l, own)).toList(),
          plan(own),
          own.plan().allSlots().stream()
              .map(
                  s ->
                      new Manifest.ArenaBuffer(
                          s.name(),
                          s.offset(),
                          s.bytes(),
                          Math.max(0, s.firstStep()),
                          s.lastStep()))
              .toList());
    }

    private Manifest.LayerFacts layer(Layer layer, OwnKernels own) {
      KernelChoice kernel = own.kernels().get(layer.index());
      return new Manifest.LayerFacts(
          layer.index(),
          layer.name(),
          layer.kinds(),
          kernel.function(),
          kernel.variant(),
          kernel.reason(),
          layer.outputShape().dims(),
          layer.macs(),
          own.constants().weightBytes(layer.index()),
          weights.of(layer.index()).map(this::place));
    }

    private Manifest.WeightsPlace place(WeightPlacement.Place place) {
      return new Manifest.WeightsPlace(
          place.section(),
          place.region().name(),
          weights.pieces().stream()
              .filter(p -> p.region().equals(place.region()))
              .flatMap(p -> p.store().stream())
              .map(Region::name)
              .findFirst(),
          place.offset(),
          place.layer().bytes(),
          place.layer().steps(),
          place.layer().bytesRead());
    }

    private static Manifest.PlanFacts plan(OwnKernels own) {
      PlanSummary summary = own.planSummary();
      MemoryPlan plan = own.plan();
      return new Manifest.PlanFacts(
          ManifestOf.text(summary.goal().objective()),
          ManifestOf.text(summary.goal().input()),
          summary.text(),
          summary.lowerBoundBytes(),
          summary.layerByLayerBytes(),
          plan.overlap().images(),
          LinkBuffers.rowSlots(own));
    }

    /** One layer, whose figures are those of the whole network. */
    @Override
    public ComputedFacts engine(EngineCall call) {
      Engine engine = call.called();
      Network.Output first = call.network().outputs().get(0);
      return new ComputedFacts(
          hex(0),
          hex(0),
          Optional.of(
              new Manifest.EngineFacts(
                  engine.kind().id(),
                  false,
                  engine.files().stream()
                      .map(f -> new Manifest.CompiledFacts(f.name(), f.bytes(), f.sha256()))
                      .toList())),
          List.of(
              new Manifest.LayerFacts(
                  0,
                  "network",
                  List.of(),
                  engine.kind().id(),
                  "engine",
                  engine.title(),
                  first.shape().dims(),
                  0,
                  engine.networkBytes(),
                  Optional.empty())),
          new Manifest.PlanFacts(
              "engine",
              "frame",
              String.join("; ", call.summary()),
              call.arenaBytes(),
              call.arenaBytes(),
              1,
              LinkBuffers.rowSlots(call)),
          List.of());
    }
  }

  private static String hex(long crc) {
    return String.format(Locale.ROOT, "%08x", crc);
  }
}
