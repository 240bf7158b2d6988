package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.board.UserSpace;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.Firmware;
import org.fovea.generator.emit.Manifest;
import org.fovea.generator.emit.Project;
import org.fovea.generator.emit.Version;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.PixelSource;
import org.fovea.generator.plan.Purpose;
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
  static Manifest of(Deployable fit) {
    Optional<ModelCard> card = fit.model().card();
    Computation computation = fit.computation();
    Network network = computation.network();
    ComputedFacts facts = ComputedFacts.of(fit);
    return new Manifest(
        FORMAT,
        Version.TEXT,
        "",
        model(fit),
        board(fit),
        Optional.of(fit.project()).filter(p -> p != Project.FIRMWARE).map(ManifestOf::text),
        fit.rtos().id(),
        Version.RUNTIME_ABI,
        counter(fit),
        input(network.input(), card),
        network.outputs().stream().map(o -> output(o, computation.bytes(o))).toList(),
        card.map(c -> HeadFacts.of(c, network.input().shape())).orElse(List.of()),
        card.map(HeadFacts::thresholds),
        card.map(ModelCard::labels).orElse(List.of()),
        facts.weightsCrc32(),
        facts.tablesCrc32(),
        facts.engine(),
        facts.layers(),
        memory(fit, facts),
        emulator(fit));
  }

  /** The part that needs no board. */
  static Manifest.Detector detector(Computation computation, ModelCard card) {
    return detector(computation.network(), computation::bytes, card);
  }

  /** The same of a network that somebody else's engine computes. */
  static Manifest.Detector detector(Network ends, ModelCard card) {
    return detector(ends, output -> output.shape().elements(), card);
  }

  private static Manifest.Detector detector(
      Network network, ToLongFunction<Network.Output> bytes, ModelCard card) {
    return new Manifest.Detector(
        input(network.input(), Optional.of(card)),
        network.outputs().stream().map(o -> output(o, bytes.applyAsLong(o))).toList(),
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

  private static Manifest.Model model(Deployable fit) {
    ModelFile model = fit.model();
    return new Manifest.Model(
        model.name(),
        model.sha256(),
        model.name().replaceFirst("\\.tflite$", ""),
        model.card().map(c -> text(c.weights()).replace('_', '-')).orElse("unknown"),
        fit.computation().network().macs());
  }

  private static Manifest.BoardFacts board(Deployable fit) {
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

  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Manifest.Output output(Network.Output output, long bytes) {
    return new Manifest.Output(
        output.name(),
        output.shape().dims(),
        bytes,
        output.modelType().name().toLowerCase(Locale.ROOT),
        output.scale(),
        output.zeroPoint());
  }

  private static Manifest.Memory memory(Deployable fit, ComputedFacts facts) {
    return new Manifest.Memory(
        fit.board().regions().stream().map(r -> region(fit, r)).toList(),
        facts.plan(),
        new Manifest.Arena(
            fit.allocation().regionOf(Purpose.ACTIVATIONS).name(),
            fit.computation().arenaBytes(),
            facts.buffers()),
        stacks(fit.stacks()),
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

  private static Manifest.RegionFacts region(Deployable fit, Region region) {
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

  private static String counter(Deployable fit) {
    if (fit.rtos() == Rtos.LINUX) {
      return "nanoseconds";
    }
    return emulator(fit).isPresent() ? "instructions" : "cycles";
  }

  private static Optional<Manifest.Emulator> emulator(Deployable fit) {
    Board board = fit.board();
    if (fit.project() == Project.CUBE) {
      return Optional.empty(); // who builds it runs it
    }
    if (board.emulation() instanceof Emulation.Machine machine) {
      return Optional.of(new Manifest.Emulator(machine.command(), "-kernel", "pty"));
    }
    if (board.emulation() instanceof Emulation.UserMode mode) {
      List<String> command = new ArrayList<>(List.of(mode.program(), "-cpu", mode.cpu()));
      if (fit.computation().engine().isPresent()) {
        // Its program is linked with the cross compiler's C library.
        command.addAll(List.of("-L", UserSpace.of(board.cpu().core()).root()));
      }
      return Optional.of(new Manifest.Emulator(command, "", "tcp"));
    }
    return Optional.empty();
  }
}
