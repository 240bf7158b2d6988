package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.board.SecondCore;
import org.fovea.generator.kernel.CodeSizes;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Need;
import org.fovea.generator.plan.Purpose;

/**
 * What a firmware needs, before it is built: to the byte where Fovea decides, from {@link
 * CodeSizes} where the compiler does.
 */
public final class Demand {
  // sizeof of the structs that fv_network.c fills, on a 32-bit Arm.
  private static final int BUFFER = 12;
  private static final int STEP = 12;
  private static final int OUTPUT = 8;
  private static final int POINTER = 4;
  private static final int PER_LAYER_TABLES = 4;
  private static final int PER_LAYER_DATA = 12;
  private static final int AFTER = 2;
  private static final int HEAD = 120;
  private static final int ANCHOR = 8;

  // Of each image beyond the first: struct fv_image, and what the session knows of it.
  private static final int IMAGE = 28;

  /** Of fv_weights_spans: no more spans than layers with weights. */
  private static final int SPAN = 8;

  /** Of what startup copies: variables, and weights into no more memories than this. */
  private static final int COPIES = 4 * 12;

  private final Computation computation;
  private final Optional<Firmware.Boxes> boxes;
  private final Board board;
  private final Rtos rtos;

  private Demand(Computation computation, Optional<Firmware.Boxes> boxes, Board board, Rtos rtos) {
    this.computation = computation;
    this.boxes = boxes;
    this.board = board;
    this.rtos = rtos;
  }

  public static List<Need> of(
      Computation computation,
      Optional<Firmware.Boxes> boxes,
      Board board,
      Rtos rtos,
      Project project) {
    Demand demand = new Demand(computation, boxes, board, rtos);
    Part part = computation.accept(demand.new PartOf());
    List<Need> needs = new ArrayList<>();
    needs.add(part.network());
    needs.add(new Need(Purpose.TABLES, computation.tableBytes(), true));
    needs.add(new Need(Purpose.ACTIVATIONS, computation.arenaBytes(), true));
    needs.add(new Need(Purpose.LINK, LinkBuffers.bytes(computation), true));
    int stacks = Firmware.Stacks.of(rtos, board.cpu().core(), project).of(computation).total();
    if (stacks > 0) {
      needs.add(new Need(Purpose.STACKS, stacks, true));
    }
    if (project == Project.CUBE) {
      needs.add(new Need(Purpose.DMA, LinkBuffers.DMA, true));
    }
    if (!SecondCore.stubPlaces(board).isEmpty()) {
      needs.add(new Need(Purpose.SECOND_CORE, SecondCore.STUB_BYTES, true));
    }
    needs.add(new Need(Purpose.CODE, demand.common().code() + part.code(), false));
    needs.add(new Need(Purpose.DATA, demand.common().data() + part.data(), false));
    return needs;
  }

  /** What differs with who computes. */
  private record Part(Need network, long code, long data) {}

  private final class PartOf implements Computation.Cases<Part> {
    @Override
    public Part own(OwnKernels own) {
      long weights = own.constants().bytes(Constant.Section.WEIGHTS);
      return new Part(
          new Need(Purpose.WEIGHTS, weights, true),
          kernelCode(own.kernels()) + networkConstants(own.plan()) + networkCode(own.network()),
          networkData(own.plan()));
    }

    @Override
    public Part engine(EngineCall call) {
      return new Part(
          new Need(Purpose.NETWORK, call.called().networkBytes(), false),
          call.called().codeBytes(),
          call.called().dataBytes());
    }
  }

  private CodeSizes.Size common() {
    CodeSizes.Size base = size("base-" + rtos.id());
    return new CodeSizes.Size(
        base.code() + boxesCode() + port().map(CodeSizes.Size::code).orElse(0L),
        base.data() + port().map(CodeSizes.Size::data).orElse(0L));
  }

  private CodeSizes.Size size(String part) {
    return CodeSizes.table().of(board.cpu().core().id(), part);
  }

  private long kernelCode(List<KernelChoice> kernels) {
    SortedSet<String> functions =
        kernels.stream().map(KernelChoice::function).collect(Collectors.toCollection(TreeSet::new));
    long code = functions.stream().mapToLong(f -> size(f).code()).sum();
    if (kernels.stream().anyMatch(Sources::usesPatches)) {
      code += size("armv7em-patch").code();
    }
    if (kernels.stream().anyMatch(Sources::usesCopies)) {
      code += size("helium-copy").code();
    }
    if (kernels.stream().anyMatch(Sources::readsSparse)) {
      code += size("fv_unpack_weights").code();
    }
    return code;
  }

  /** Where the link sends boxes. */
  private long boxesCode() {
    if (LinkBuffers.boxes(computation, boxes) == 0) {
      return 0;
    }
    BoxesView view = BoxesView.of("", List.of(), boxes.orElseThrow(), computation.network());
    long heads = view.heads().stream().mapToLong(h -> HEAD + h.anchors().size() * ANCHOR).sum();
    return size("fv_boxes").code() + heads + (long) view.tables().size() * HeadTables.BYTES;
  }

  /** What a port has beyond those of emulated boards, which are in the base. */
  private Optional<CodeSizes.Size> port() {
    return Port.of(board).flatMap(Port::codePart).map(this::size);
  }

  private long networkCode(Network network) {
    long calls = 0;
    for (Layer layer : network.layers()) {
      calls += layer.inputs().size();
    }
    return calls * size("layer-call").code();
  }

  private static long networkConstants(MemoryPlan plan) {
    Network network = plan.network();
    long bytes = (long) plan.buffers().size() * BUFFER + (long) plan.steps().size() * STEP;
    bytes += (long) plan.overlap().after().size() * AFTER;
    bytes += (long) network.layers().size() * PER_LAYER_TABLES;
    bytes += (long) network.outputs().size() * OUTPUT + COPIES;
    for (Layer layer : network.layers()) {
      bytes += layer.kernel().accept(new ParameterBytes());
      bytes += Constants.body(layer.kernel()).isPresent() ? SPAN : 0;
    }
    return bytes;
  }

  private static long networkData(MemoryPlan plan) {
    int lists =
        plan.network().layers().stream().anyMatch(l -> l.kernel() instanceof Kernel.Add) ? 3 : 2;
    return (long) plan.network().layers().size() * PER_LAYER_DATA * plan.overlap().images()
        + (plan.overlap().images() - 1L) * IMAGE
        + (long) plan.rowPointers() * POINTER * lists;
  }

  /** sizeof each parameter struct, rounded up to a word. */
  private static final class ParameterBytes implements Kernel.Cases<Long> {
    @Override
    public Long conv(Kernel.Conv kernel) {
      return 64L;
    }

    @Override
    public Long depthwise(Kernel.Depthwise kernel) {
      return 68L;
    }

    @Override
    public Long maxPool(Kernel.MaxPool kernel) {
      return 16L;
    }

    @Override
    public Long averagePool(Kernel.AveragePool kernel) {
      return 16L;
    }

    @Override
    public Long softmax(Kernel.Softmax kernel) {
      return 8L;
    }

    @Override
    public Long bilinear(Kernel.Bilinear kernel) {
      return 20L + 4L * (kernel.mixes().rows().size() + kernel.mixes().columns().size()) + 12;
    }

    @Override
    public Long gather(Kernel.Gather kernel) {
      return 12L + 2L * kernel.channels().size() + 2;
    }

    @Override
    public Long add(Kernel.Add kernel) {
      return 28L;
    }

    @Override
    public Long table(Kernel.Table kernel) {
      return 8L;
    }

    @Override
    public Long concat(Kernel.Concat kernel) {
      return 8L * kernel.channels().size();
    }

    @Override
    public Long pad(Kernel.Pad kernel) {
      return 12L;
    }

    @Override
    public Long pixels(Kernel.Pixels kernel) {
      return 8L;
    }

    @Override
    public Long resize(Kernel.Resize kernel) {
      return 12L + 2L * (kernel.sourceRows().size() + kernel.sourceColumns().size()) + 4;
    }
  }
}
