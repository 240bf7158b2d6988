package org.fovea.generator.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.TensorId;

/** The bytes of each operator's output, from the bytes of its inputs. */
final class OpRunner implements Op.Cases<byte[]> {
  private final Graph graph;
  private final Activations activations;

  OpRunner(Graph graph, Activations activations) {
    this.graph = graph;
    this.activations = activations;
  }

  @Override
  public byte[] conv2d(Op.Conv2d op) {
    return Convolution.of(graph, op).run(activations.raw(op.input()));
  }

  @Override
  public byte[] depthwiseConv2d(Op.DepthwiseConv2d op) {
    return Convolution.of(graph, op).run(activations.raw(op.input()));
  }

  @Override
  public byte[] maxPool2d(Op.MaxPool2d op) {
    PerTensor out = scale(op.output());
    FixedPoint.Range range =
        FixedPoint.activationRange(op.activation(), out.scale(), out.zeroPoint());
    return new MaxPool(
            graph.tensor(op.input()).shape(),
            graph.tensor(op.output()).shape(),
            op.window(),
            op.padding(),
            range)
        .run(activations.raw(op.input()));
  }

  @Override
  public byte[] leakyRelu(Op.LeakyRelu op) {
    return throughTable(op);
  }

  @Override
  public byte[] relu(Op.Relu op) {
    return throughTable(op);
  }

  @Override
  public byte[] pad(Op.Pad op) {
    byte zero = (byte) scale(op.output()).zeroPoint();
    return Movement.pad(
        activations.raw(op.input()), graph.tensor(op.input()).shape(), op.padding(), zero);
  }

  @Override
  public byte[] add(Op.Add op) {
    return Addition.of(graph, op).run(activations.raw(op.first()), activations.raw(op.second()));
  }

  @Override
  public byte[] concat(Op.Concat op) {
    byte[][] inputs = op.inputs().stream().map(id -> activations.raw(id)).toArray(byte[][]::new);
    int[] blocks =
        op.inputs().stream().mapToInt(id -> graph.tensor(id).shape().dim(op.axis())).toArray();
    return Movement.concatInnermost(inputs, blocks);
  }

  @Override
  public byte[] resizeNearest(Op.ResizeNearest op) {
    return Movement.resize(
        activations.raw(op.input()),
        graph.tensor(op.input()).shape(),
        NearestNeighbor.sourceRows(graph, op),
        NearestNeighbor.sourceColumns(graph, op));
  }

  @Override
  public byte[] reshape(Op.Reshape op) {
    return activations.bytes(op.input());
  }

  @Override
  public byte[] quantize(Op.Quantize op) {
    return switch (graph.tensor(op.input()).type()) {
      case FLOAT32 -> fromFloat(activations.raw(op.input()), scale(op.output()));
      case UINT8 -> unsignedThroughTable(op);
      default -> throughTable(op);
    };
  }

  @Override
  public byte[] dequantize(Op.Dequantize op) {
    PerTensor in = scale(op.input());
    byte[] stored = activations.raw(op.input());
    ByteBuffer reals =
        ByteBuffer.allocate(stored.length * DataType.FLOAT32.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (byte q : stored) {
      reals.putFloat((float) ((double) in.scale() * (q - in.zeroPoint())));
    }
    return reals.array();
  }

  @Override
  public byte[] unsupported(Op.Unsupported op) {
    throw new IllegalStateException("the checker let " + op.kind() + " pass");
  }

  private static byte[] fromFloat(byte[] bytes, PerTensor out) {
    ByteBuffer reals = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] stored = new byte[bytes.length / DataType.FLOAT32.bytes()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = FixedPoint.quantize(reals.getFloat(), out.scale(), out.zeroPoint());
    }
    return stored;
  }

  private byte[] throughTable(Op.Unary op) {
    byte[] table = OpTable.of(graph, op);
    byte[] bytes = activations.bytes(op.input());
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = table[bytes[i] + 128];
    }
    return bytes;
  }

  private byte[] unsignedThroughTable(Op.Quantize op) {
    byte[] table = OpTable.of(graph, op);
    byte[] bytes = activations.bytes(op.input());
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = table[Byte.toUnsignedInt(bytes[i])];
    }
    return bytes;
  }

  private PerTensor scale(TensorId id) {
    return (PerTensor) graph.tensor(id).quantization();
  }
}
