package org.fovea.generator.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.support.SmallYolo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

class HostileFileTest {

  @Test
  void missingFile(@TempDir Path folder) {
    assertThatThrownBy(() -> TfliteReader.read(folder.resolve("none.tflite")))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("none.tflite");
  }

  @Test
  void folderInsteadOfFile(@TempDir Path folder) {
    assertThatThrownBy(() -> TfliteReader.read(folder))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void everyTruncation() {
    byte[] file = TfliteWriter.write(SmallYolo.graph());
    for (int length = 0; length < file.length; length += length < 4096 ? 1 : 997) {
      byte[] head = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> TfliteReader.read(head)).isInstanceOf(ModelRejected.class);
    }
  }

  @Test
  void randomBytes() {
    for (int seed = 0; seed < 1000; seed++) {
      byte[] file = new byte[64 + seed];
      new Random(seed).nextBytes(file);
      System.arraycopy(new byte[] {'T', 'F', 'L', '3'}, 0, file, 4, 4);
      assertThatThrownBy(() -> TfliteReader.read(file)).isInstanceOf(ModelRejected.class);
    }
  }

  @Test
  void otherFormat() {
    assertThatThrownBy(
            () -> TfliteReader.read("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("not a TensorFlow Lite file");
  }

  /** Sixteen thousand tensors that share one name of 200 KB would unfold to 3 GB. */
  @Test
  void sharedParts() {
    byte[] file =
        model(
            builder -> {
              int name = builder.createString("x".repeat(200_000));
              int[] tensors = new int[16_000];
              Arrays.fill(
                  tensors,
                  Tensor.createTensor(builder, 0, (byte) 9, 0, name, 0, false, 0, 0, true, 0));
              return tensors;
            },
            0);
    ModelRejected fault = catchThrowableOfType(ModelRejected.class, () -> TfliteReader.read(file));
    assertThat(fault).hasMessageContaining("damaged");
  }

  @Test
  void dynamicShape() {
    byte[] file =
        model(
            builder -> {
              int shape = Tensor.createShapeVector(builder, new int[] {1, -1, 0x10000, 0x10000});
              return new int[] {
                Tensor.createTensor(builder, shape, (byte) 9, 0, 0, 0, false, 0, 0, true, 0)
              };
            },
            0);
    assertThatThrownBy(() -> TfliteReader.read(file))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("[1, -1, 65536, 65536]")
        .hasMessageContaining("fixed input size");
  }

  @Test
  void unknownOperatorIsKeptByName() {
    Graph graph = TfliteReader.read(model(HostileFileTest::oneTensor, 28));
    assertThat(graph.ops())
        .singleElement()
        .isEqualTo(
            new Op.Unsupported(
                "TANH", graph.inputs(), graph.inputs(), "Fovea has no kernel for this operator"));
    Op future = TfliteReader.read(model(HostileFileTest::oneTensor, 9999)).ops().get(0);
    assertThat(future.kind()).isEqualTo("BUILTIN_9999");
  }

  @Test
  void knownOperatorWithoutAttributes() {
    Op op = TfliteReader.read(model(HostileFileTest::oneTensor, 98)).ops().get(0);
    assertThat(op).isInstanceOf(Op.Unsupported.class);
    assertThat(((Op.Unsupported) op).reason()).isEqualTo("its attributes are missing");
  }

  private static int[] oneTensor(FlatBufferBuilder builder) {
    int shape = Tensor.createShapeVector(builder, new int[] {1, 2, 2, 1});
    return new int[] {Tensor.createTensor(builder, shape, (byte) 9, 0, 0, 0, false, 0, 0, true, 0)};
  }

  /** A model whose one operator reads and writes tensor 0. */
  private static byte[] model(Function<FlatBufferBuilder, int[]> tensors, int code) {
    FlatBufferBuilder b = new FlatBufferBuilder();
    int tensorVector = SubGraph.createTensorsVector(b, tensors.apply(b));
    int ids = Operator.createInputsVector(b, new int[] {0});
    int op = Operator.createOperator(b, 0, ids, ids, (byte) 0, 0, 0, (byte) 0, 0, 0);
    int ops = SubGraph.createOperatorsVector(b, new int[] {op});
    int subgraph = SubGraph.createSubGraph(b, tensorVector, ids, ids, ops, 0);
    int subgraphs = Model.createSubgraphsVector(b, new int[] {subgraph});
    int codes =
        Model.createOperatorCodesVector(
            b, new int[] {OperatorCode.createOperatorCode(b, (byte) 0, 0, 1, code)});
    int buffers = Model.createBuffersVector(b, new int[] {Buffer.createBuffer(b, 0)});
    Model.finishModelBuffer(b, Model.createModel(b, 3, codes, subgraphs, 0, buffers, 0, 0, 0));
    return b.sizedByteArray();
  }
}
