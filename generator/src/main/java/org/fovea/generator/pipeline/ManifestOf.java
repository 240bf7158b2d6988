package org.fovea.generator.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.emit.Firmware;
import org.fovea.generator.emit.LinkBuffers;
import org.fovea.generator.emit.Manifest;
import org.fovea.generator.emit.Project;
import org.fovea.generator.emit.Version;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.PixelSource;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.PlanSummary;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;
import org.fovea.generator.plan.WeightsText;

/** The manifest of a fit. */
final class ManifestOf {
  private static final int FORMAT = 2;

  /** Without a card: the common way of TensorFlow's detectors, pixels as 0 to 1. */
  private static final InputSpec PLAIN =
      new InputSpec(
          InputSpec.Fit.STRETCH,
          InputSpec.Resample.BILINEAR,
          InputSpec.ColorOrder.RGB,
          List.of(1 / 255.0, 1 / 255.0, 1 / 255.0),
          List.of(0.0, 0.0, 0.0),
          List.of(0.0, 0.0, 0.0));

  private ManifestOf() {}

  /** With an empty layout hash: what the hash is computed over. */
  static Manifest fit(Fit fit) {
    Compiled compiled = fit.compiled();
    Network network = compiled.network();
    return new Manifest(
        FORMAT,
        Version.TEXT,
        "",
        model(compiled),
        board(fit),
        Optional.of(fit.project()).filter(p -> p != Project.FIRMWARE).map(ManifestOf::text),
        fit.rtos().id(),
        Version.RUNTIME_ABI,
        counter(fit),
        input(network.input(), compiled.model().card()),
        network.outputs().stream().map(o -> output(o, compiled.plan())).toList(),
        compiled
            .model()
            .card()
            .map(card -> HeadFacts.of(card, network.input().shape()))
            .orElse(List.of()),
        compiled.model().card().map(HeadFacts::thresholds),
        compiled.model().card().map(ModelCard::labels).orElse(List.of()),
        hex(compiled.constants().crc32(Constant.Section.WEIGHTS)),
        hex(compiled.constants().crc32(Constant.Section.TABLES)),
        network.layers().stream().map(l -> layer(l, fit)).toList(),
        memory(fit),
        emulator(fit));
  }

  /** The part that needs no board. */
  static Manifest.Detector detector(Compiled compiled, ModelCard card) {
    Network network = compiled.network();
    return new Manifest.Detector(
        input(network.input(), Optional.of(card)),
        network.outputs().stream().map(o -> output(o, compiled.plan())).toList(),
        HeadFacts.of(card, network.input().shape()),
        Optional.of(HeadFacts.thresholds(card)),
        card.labels());
  }

  /** The same for a float model, whose input is the plain pixels from 0 to 255. */
  static Manifest.Detector floatDetector(Graph graph, ModelCard card, PixelFormat pixels) {
    Tensor image = graph.tensor(graph.inputs().get(0));
    return new Manifest.Detector(
        pixels(image.name(), image.shape(), card.input(), pixels),
        graph.outputs().stream()
            .map(graph::tensor)
            .map(t -> realOutput(t.name(), t.shape()))
            .toList(),
        HeadFacts.of(card, image.shape()),
        Optional.of(HeadFacts.thresholds(card)),
        card.labels());
  }

  /** The same for outputs of a model that need not be there. */
  static Manifest.Detector outputs(ModelCard card, Shape image, List<Shape> outputs) {
    return new Manifest.Detector(
        pixels("image", image, card.input(), PixelFormat.RGB888),
        IntStream.range(0, outputs.size())
            .mapToObj(i -> realOutput("output " + i, outputs.get(i)))
            .toList(),
        HeadFacts.of(card, image),
        Optional.of(HeadFacts.thresholds(card)),
        card.labels());
  }

  private static Manifest.Input pixels(
      String name, Shape image, InputSpec spec, PixelFormat pixels) {
    int channels = Math.min(3, image.channels());
    return new Manifest.Input(
        name,
        image.height(),
        image.width(),
        image.channels(),
        text(pixels),
        "uint8",
        1,
        0,
        spec.colorOrder().name(),
        text(spec.fit()),
        text(spec.resample()),
        (int) Math.round(spec.padPixel().get(0)),
        Collections.nCopies(channels, 1.0),
        Collections.nCopies(channels, 0.0));
  }

  private static Manifest.Output realOutput(String name, Shape shape) {
    return new Manifest.Output(name, shape.dims(), shape.elements(), "float32", 1, 0);
  }

  private static Manifest.Model model(Compiled compiled) {
    String file = compiled.model().name();
    return new Manifest.Model(
        file,
        compiled.model().sha256(),
        file.replaceFirst("\\.tflite$", ""),
        compiled.model().card().map(c -> text(c.weights()).replace('_', '-')).orElse("unknown"),
        compiled.network().macs());
  }

  private static Manifest.BoardFacts board(Fit fit) {
    Board board = fit.board();
    return new Manifest.BoardFacts(
        board.id(),
        board.name(),
        board.cpu().core().id(),
        board.verified().name().toLowerCase(Locale.ROOT),
        emulator(fit).isPresent(),
        fit.twinOf(),
        board.uart().baud(),
        List.of());
  }

  private static Manifest.Input input(Network.Input input, Optional<ModelCard> card) {
    InputSpec spec = spec(card);
    int channels = input.isCamera() ? PixelSource.CHANNELS : input.shape().channels();
    return new Manifest.Input(
        input.name(),
        input.shape().height(),
        input.shape().width(),
        channels,
        text(input.pixels()),
        text(input.type()),
        input.scale(),
        input.zeroPoint(),
        spec.colorOrder().name(),
        text(spec.fit()),
        text(spec.resample()),
        (int) Math.round(spec.padPixel().get(0)),
        spec.pixelScale().subList(0, Math.min(3, channels)),
        spec.pixelOffset().subList(0, Math.min(3, channels)));
  }

  /** How a picture becomes the input: what the card says, or the common way. */
  static InputSpec spec(Optional<ModelCard> card) {
    return card.map(ModelCard::input).orElse(PLAIN);
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Manifest.Output output(Network.Output output, MemoryPlan plan) {
    return new Manifest.Output(
        output.name(),
        output.shape().dims(),
        plan.buffers().get(plan.bufferOf(output.tensor())).bytes(),
        output.modelType().name().toLowerCase(Locale.ROOT),
        output.scale(),
        output.zeroPoint());
  }

  private static Manifest.LayerFacts layer(Layer layer, Fit fit) {
    Compiled compiled = fit.compiled();
    KernelChoice kernel = compiled.kernels().get(layer.index());
    return new Manifest.LayerFacts(
        layer.index(),
        layer.name(),
        layer.kinds(),
        kernel.function(),
        kernel.variant(),
        kernel.reason(),
        layer.outputShape().dims(),
        layer.macs(),
        compiled.constants().weightBytes(layer.index()),
        fit.allocation().weights().of(layer.index()).map(p -> weights(fit, p)));
  }

  private static Manifest.WeightsPlace weights(Fit fit, WeightPlacement.Place place) {
    return new Manifest.WeightsPlace(
        place.section(),
        place.region().name(),
        fit.allocation().weights().pieces().stream()
            .filter(p -> p.region().equals(place.region()))
            .flatMap(p -> p.store().stream())
            .map(Region::name)
            .findFirst(),
        place.offset(),
        place.layer().bytes(),
        place.layer().steps(),
        place.layer().bytesRead());
  }

  private static Manifest.Memory memory(Fit fit) {
    MemoryPlan plan = fit.compiled().plan();
    return new Manifest.Memory(
        fit.board().regions().stream().map(r -> region(fit, r)).toList(),
        plan(fit.compiled().summary(), plan),
        new Manifest.Arena(
            fit.allocation().regionOf(Purpose.ACTIVATIONS).name(),
            plan.arenaBytes(),
            plan.allSlots().stream()
                .map(
                    s ->
                        new Manifest.ArenaBuffer(
                            s.name(),
                            s.offset(),
                            s.bytes(),
                            Math.max(0, s.firstStep()),
                            s.lastStep()))
                .toList()),
        stacks(Firmware.Stacks.of(fit.rtos(), fit.board().cpu().core(), fit.project())),
        new Manifest.WeightsFacts(
            WeightsText.lines(fit.allocation().weights()),
            fit.allocation().weights().savedMicroseconds().map(us -> Math.rint(us) / 1000)));
  }

  /** Those that the harness has; the symbols are the harnesses' and the linker script's. */
  private static List<Manifest.StackFacts> stacks(Firmware.Stacks stacks) {
    return Stream.of(
            new Manifest.StackFacts("inference stack", "inference_stack", stacks.inference()),
            new Manifest.StackFacts("link stack", "link_stack", stacks.link()),
            new Manifest.StackFacts("supervisor stack", "supervisor_stack", stacks.supervisor()),
            new Manifest.StackFacts("idle stack", "idle_stack", stacks.idle()),
            new Manifest.StackFacts("worker stack", "worker_stack", stacks.worker()),
            new Manifest.StackFacts("main stack", "fv_stack_start", stacks.main()))
        .filter(s -> s.bytes() > 0)
        .toList();
  }

  private static Manifest.PlanFacts plan(PlanSummary summary, MemoryPlan plan) {
    return new Manifest.PlanFacts(
        text(summary.goal().objective()),
        text(summary.goal().input()),
        summary.text(),
        summary.lowerBoundBytes(),
        summary.layerByLayerBytes(),
        plan.overlap().images(),
        LinkBuffers.rowSlots(plan));
  }

  private static Manifest.RegionFacts region(Fit fit, Region region) {
    return new Manifest.RegionFacts(
        region.name(),
        String.format(Locale.ROOT, "0x%08x", region.base()),
        region.bytes(),
        region.kind().name().toLowerCase(Locale.ROOT),
        fit.allocation().in(region).stream()
            .map(
                p ->
                    new Manifest.UseFacts(
                        p.need().purpose().title(),
                        p.section(),
                        p.need().bytes(),
                        p.need().exact()))
            .toList(),
        fit.reserved().in(region.name()));
  }

  private static String counter(Fit fit) {
    if (fit.rtos() == Rtos.LINUX) {
      return "nanoseconds";
    }
    return emulator(fit).isPresent() ? "instructions" : "cycles";
  }

  private static Optional<Manifest.Emulator> emulator(Fit fit) {
    Board board = fit.board();
    if (fit.project() == Project.CUBE) {
      return Optional.empty(); // who builds it runs it
    }
    if (board.emulation() instanceof Emulation.Machine machine) {
      return Optional.of(new Manifest.Emulator(machine.command(), "-kernel", "pty"));
    }
    if (board.emulation() instanceof Emulation.UserMode mode) {
      List<String> command = List.of(mode.program(), "-cpu", mode.cpu());
      return Optional.of(new Manifest.Emulator(command, "", "tcp"));
    }
    return Optional.empty();
  }

  private static String hex(long crc) {
    return String.format(Locale.ROOT, "%08x", crc);
  }
}
