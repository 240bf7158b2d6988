package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.reference.Addition;
import org.fovea.generator.reference.Bilinear;
import org.fovea.generator.reference.ConvMultipliers;
import org.fovea.generator.reference.NearestNeighbor;
import org.fovea.generator.reference.OpTable;
import org.fovea.generator.reference.QuantizedMultiplier;
import org.fovea.generator.reference.Softmax;

/** Turns a graph that passed the checks into a {@link Network}. */
public final class Lowering {
  private final Graph graph;
  private final Aliases aliases;

  private Lowering(Graph graph) {
    this.graph = graph;
    this.aliases = Aliases.of(graph);
  }

  /**
   * @param graph one without findings of {@code Checker}
   */
  public static Network lower(Graph graph) {
    return lower(graph, Optional.empty());
  }

  /**
   * The same, fed with a camera's pixels: a layer in front makes the input's rows of them.
   *
   * @param graph one without findings of {@code Checker}, of three input channels
   */
  public static Network lower(Graph graph, Optional<PixelSource> pixels) {
    return new Lowering(graph).network(pixels);
  }

  /**
   * Input and outputs alone: of a network whose layers somebody else computes, and which may hold
   * operators that Fovea does not run.
   *
   * @param graph whose input has one scale, as all tensors behind its outputs' folded operators
   */
  public static Network ends(Graph graph) {
    Lowering ends = new Lowering(graph);
    return new Network(
        ends.input(graph.inputs().get(0)),
        List.of(),
        graph.outputs().stream().map(ends::output).toList());
  }

  private Network network(Optional<PixelSource> pixels) {
    Network.Input rows = input(graph.inputs().get(0));
    Network.Input input = pixels.map(p -> camera(rows, p.format())).orElse(rows);
    List<Layer> layers = new ArrayList<>();
    pixels.ifPresent(p -> layers.add(pixelLayer(input, rows, p.kernel(rows))));
    for (Group group : Fusion.group(graph)) {
      layers.add(layer(layers.size(), group));
    }
    return new Network(input, layers, graph.outputs().stream().map(this::output).toList());
  }

  /** The frame is a tensor of its own, behind all of the model's. */
  private Network.Input camera(Network.Input rows, PixelFormat format) {
    return new Network.Input(
        new TensorId(graph.tensors().size()),
        rows.modelInput(),
        rows.name(),
        Shape.nhwc(rows.shape().height(), rows.shape().width(), format.bytes()),
        format,
        rows.type(),
        rows.scale(),
        rows.zeroPoint());
  }

  private static Layer pixelLayer(Network.Input frame, Network.Input rows, Kernel.Pixels kernel) {
    return new Layer(
        0,
        kernel.format().name().toLowerCase(Locale.ROOT) + "_0",
        List.of(),
        List.of(frame.tensor()),
        rows.tensor(),
        rows.shape(),
        kernel,
        0);
  }

  private Network.Input input(TensorId id) {
    Tensor model = graph.tensor(id);
    Tensor stored = Aliases.quantizedInput(graph, id).orElse(model);
    Quantization.PerTensor q = perTensor(model.type() == DataType.UINT8 ? model : stored);
    DataType type = model.type() == DataType.UINT8 ? DataType.UINT8 : DataType.INT8;
    return new Network.Input(
        aliases.root(id),
        id,
        model.name(),
        model.shape(),
        PixelFormat.RGB888,
        type,
        q.scale(),
        q.zeroPoint());
  }

  private Network.Output output(TensorId id) {
    Tensor model = graph.tensor(id);
    TensorId root = aliases.root(id);
    Quantization.PerTensor q = perTensor(graph.tensor(root));
    return new Network.Output(
        root, id, model.name(), model.shape(), model.type(), q.scale(), q.zeroPoint());
  }

  private Layer layer(int index, Group group) {
    TensorId out = group.last().outputs().get(0);
    List<TensorId> read = group.ops().get(0).inputs();
    return new Layer(
        index,
        group.main().kind().toLowerCase(Locale.ROOT) + "_" + index,
        group.ops(),
        read.stream().map(aliases::root).toList(),
        out,
        graph.tensor(out).shape(),
        group.main().accept(new Kernels(group)),
        macs(group.main()));
  }

  private long macs(Op op) {
    if (op instanceof Op.Conv2d c) {
      Shape w = graph.tensor(c.weights()).shape();
      return graph.tensor(c.output()).shape().elements() * (w.elements() / w.dim(0));
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      Shape w = graph.tensor(d.weights()).shape();
      return graph.tensor(d.output()).shape().elements() * w.dim(1) * w.dim(2);
    }
    return 0;
  }

  private static Quantization.PerTensor perTensor(Tensor tensor) {
    if (tensor.quantization() instanceof Quantization.PerTensor q) {
      return q;
    }
    throw new IllegalStateException("tensor " + tensor.name() + " has no single scale");
  }

  /** Builds the kernel of a group's main operator. */
  private final class Kernels implements Op.Cases<Kernel> {
    private final Group group;

    Kernels(Group group) {
      this.group = group;
    }

    @Override
    public Kernel conv2d(Op.Conv2d op) {
      Tensor weights = graph.tensor(op.weights());
      return new Kernel.Conv(
          body(
              op,
              ConvMultipliers.of(graph, op),
              weights,
              graph.tensor(op.bias()),
              op.window(),
              op.padding(),
              IntegerScales.clamp(op.activation(), perTensor(graph.tensor(op.output())))));
    }

    @Override
    public Kernel depthwiseConv2d(Op.DepthwiseConv2d op) {
      Tensor weights = graph.tensor(op.weights());
      Kernel.Clamp clamp =
          IntegerScales.clamp(op.activation(), perTensor(graph.tensor(op.output())));
      return new Kernel.Depthwise(
          body(
              op,
              ConvMultipliers.of(graph, op),
              weights,
              graph.tensor(op.bias()),
              op.window(),
              op.padding(),
              clamp),
          op.depthMultiplier());
    }

    private Kernel.ConvBody body(
        Op.Unary op,
        List<QuantizedMultiplier> multipliers,
        Tensor weights,
        Tensor bias,
        Window window,
        Padding padding,
        Kernel.Clamp clamp) {
      Tensor in = graph.tensor(group.pad().map(Op.Pad::input).orElse(op.input()));
      Tensor out = graph.tensor(op.output());
      Shape image = in.shape();
      return new Kernel.ConvBody(
          weights.data().orElseThrow(),
          bias.data().orElseThrow(),
          IntegerScales.requantisation(multipliers),
          table(),
          image.width(),
          image.channels(),
          out.shape().height(),
          out.shape().width(),
          out.shape().channels(),
          window,
          group.pad().map(p -> sum(p.padding(), padding)).orElse(padding),
          perTensor(in).zeroPoint(),
          perTensor(out).zeroPoint(),
          clamp,
          fusedPool(out.shape().width()));
    }

    private Kernel.FusedPool fusedPool(int convWidth) {
      return group
          .pool()
          .map(
              p ->
                  new Kernel.FusedPool(
                      p.window(), p.padding(), graph.tensor(p.output()).shape().width()))
          .orElseGet(() -> Kernel.FusedPool.none(convWidth));
    }

    private Optional<ConstData> table() {
      return group.tables().stream()
          .map(op -> OpTable.of(graph, op))
          .reduce(Kernels::compose)
          .map(ConstData::of);
    }

    /** Entry i of a table belongs to the value i - 128. */
    private static byte[] compose(byte[] first, byte[] second) {
      byte[] both = new byte[256];
      for (int i = 0; i < 256; i++) {
        both[i] = second[first[i] + 128];
      }
      return both;
    }

    private static Padding sum(Padding a, Padding b) {
      return new Padding(
          a.top() + b.top(), a.bottom() + b.bottom(), a.left() + b.left(), a.right() + b.right());
    }

    @Override
    public Kernel maxPool2d(Op.MaxPool2d op) {
      Shape in = graph.tensor(op.input()).shape();
      Tensor out = graph.tensor(op.output());
      return new Kernel.MaxPool(
          in.width(),
          out.shape().width(),
          in.channels(),
          op.window(),
          op.padding(),
          IntegerScales.clamp(op.activation(), perTensor(out)));
    }

    @Override
    public Kernel averagePool2d(Op.AveragePool2d op) {
      Shape in = graph.tensor(op.input()).shape();
      Tensor out = graph.tensor(op.output());
      return new Kernel.AveragePool(
          in.width(),
          out.shape().width(),
          in.channels(),
          op.window(),
          op.padding(),
          IntegerScales.clamp(op.activation(), perTensor(out)));
    }

    @Override
    public Kernel leakyRelu(Op.LeakyRelu op) {
      return unary(op);
    }

    @Override
    public Kernel relu(Op.Relu op) {
      return unary(op);
    }

    @Override
    public Kernel logistic(Op.Logistic op) {
      return unary(op);
    }

    @Override
    public Kernel throughFloat(Op.ThroughFloat op) {
      return unary(op);
    }

    @Override
    public Kernel softmax(Op.Softmax op) {
      Shape shape = graph.tensor(op.output()).shape();
      int[] exp = Softmax.of(graph, op).exp();
      return new Kernel.Softmax(shape.width(), shape.channels(), ConstData.ofInt32(exp));
    }

    @Override
    public Kernel quantize(Op.Quantize op) {
      return unary(op);
    }

    private Kernel unary(Op.Unary op) {
      return new Kernel.Table(ConstData.of(OpTable.of(graph, op)), rowBytes(op.output()));
    }

    private int rowBytes(TensorId id) {
      Shape shape = graph.tensor(id).shape();
      return Math.multiplyExact(shape.width(), shape.channels());
    }

    @Override
    public Kernel pad(Op.Pad op) {
      Tensor in = graph.tensor(op.input());
      return new Kernel.Pad(
          in.shape().width(), in.shape().channels(), op.padding(), perTensor(in).zeroPoint());
    }

    @Override
    public Kernel add(Op.Add op) {
      return IntegerScales.add(Addition.of(graph, op), rowBytes(op.output()), Optional.empty());
    }

    @Override
    public Kernel addConstant(Op.AddConstant op) {
      ConstData row = ConstData.of(Addition.constantRow(graph, op));
      return IntegerScales.add(Addition.of(graph, op), rowBytes(op.output()), Optional.of(row));
    }

    @Override
    public Kernel concat(Op.Concat op) {
      return new Kernel.Concat(
          graph.tensor(op.output()).shape().width(),
          op.inputs().stream().map(t -> graph.tensor(t).shape().channels()).toList());
    }

    @Override
    public Kernel resizeNearest(Op.ResizeNearest op) {
      Shape in = graph.tensor(op.input()).shape();
      return new Kernel.Resize(
          Arrays.stream(NearestNeighbor.sourceRows(graph, op)).boxed().toList(),
          Arrays.stream(NearestNeighbor.sourceColumns(graph, op)).boxed().toList(),
          in.height(),
          in.channels());
    }

    @Override
    public Kernel resizeBilinear(Op.ResizeBilinear op) {
      Shape in = graph.tensor(op.input()).shape();
      return new Kernel.Bilinear(Bilinear.of(graph, op), in.height(), in.channels());
    }

    @Override
    public Kernel rearrange(Rearrangement op) {
      if (op instanceof Rearrangement.Gather gather) {
        Shape in = graph.tensor(gather.input()).shape();
        return new Kernel.Gather(in.width(), in.channels(), gather.indices());
      }
      throw notLowered(op);
    }

    @Override
    public Kernel reshape(Op.Reshape op) {
      throw notLowered(op);
    }

    @Override
    public Kernel dequantize(Op.Dequantize op) {
      throw notLowered(op);
    }

    @Override
    public Kernel unsupported(Op.Unsupported op) {
      throw notLowered(op);
    }

    private static IllegalStateException notLowered(Op op) {
      return new IllegalStateException(op.kind() + " reached the lowering");
    }
  }
}
