package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.FlatBufferModelBase;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.InterpreterOptions;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;

/**
 * TensorFlow Lite itself, running one model. Tensors go in and out as their raw bytes, little
 * endian. An interpreter belongs to one thread at a time; several may run side by side. What TFLite
 * finds wrong with a model, it writes to stderr.
 */
public final class TfliteInterpreter implements AutoCloseable {

  /** Which of TFLite's implementations of the operators runs. */
  public enum Kernels {
    /** The plain loops whose int8 arithmetic is Fovea's specification; absent on Windows. */
    REFERENCE,
    /**
     * What TFLite runs unasked: XNNPACK where it applies, else its optimised kernels. Fast; int8
     * results differ from the reference by some steps. With tensors kept, XNNPACK stays out.
     */
    DEFAULT
  }

  private final BytePointer file;
  private final Interpreter interpreter = new Interpreter((Pointer) null);
  private final boolean keepTensors;
  private FlatBufferModel model;

  private TfliteInterpreter(byte[] file, boolean keepTensors) {
    this.file = new BytePointer(file);
    this.keepTensors = keepTensors;
  }

  /**
   * Loads a model and takes the memory for its tensors.
   *
   * @param threads for each operator, at least 1
   * @throws ModelRejected when TFLite refuses the model
   * @throws org.fovea.generator.fault.UserFault.ToolMissing when this platform has no TFLite, or
   *     not these kernels
   */
  public static TfliteInterpreter open(byte[] model, Kernels kernels, int threads) {
    return open(model, kernels, threads, false);
  }

  /** The same; {@link #tensor} then gives the tensors between the operators too. */
  public static TfliteInterpreter openKeepingTensors(byte[] model, Kernels kernels, int threads) {
    return open(model, kernels, threads, true);
  }

  private static TfliteInterpreter open(
      byte[] model, Kernels kernels, int threads, boolean keepTensors) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
    var resolver = OpResolvers.of(kernels, keepTensors);
    TfliteInterpreter opened = new TfliteInterpreter(model, keepTensors);
    try (InterpreterOptions options = new InterpreterOptions()) {
      options.SetPreserveAllTensors(keepTensors);
      opened.model = FlatBufferModelBase.VerifyAndBuildFromBuffer(opened.file, model.length);
      if (opened.model == null || opened.model.isNull()) {
        throw rejected("is no valid .tflite file");
      }
      try (InterpreterBuilder builder = new InterpreterBuilder(opened.model, resolver, options)) {
        succeed(builder.apply(opened.interpreter, threads), "holds operators it does not know");
      }
      succeed(opened.interpreter.AllocateTensors(), "holds an operator it cannot prepare");
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Runs the model once.
   *
   * @param inputs one for each input of the model, in its order, of exactly the input's bytes
   * @return the outputs, in the model's order
   * @throws ModelRejected when TFLite cannot run it
   */
  public List<byte[]> run(List<byte[]> inputs) {
    int count = (int) interpreter.inputs().limit();
    if (inputs.size() != count) {
      throw new IllegalArgumentException(inputs.size() + " inputs, not " + count);
    }
    for (int i = 0; i < count; i++) {
      TfLiteTensor tensor = interpreter.input_tensor(i);
      byte[] bytes = inputs.get(i);
      if (bytes.length != tensor.bytes()) {
        throw new IllegalArgumentException(
            "input " + i + " has " + bytes.length + " bytes, not " + tensor.bytes());
      }
      tensor.data().raw().put(bytes, 0, bytes.length);
    }
    succeed(interpreter.Invoke(), "cannot be run to its end");
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < (int) interpreter.outputs().limit(); i++) {
      outputs.add(contents(interpreter.output_tensor(i)));
    }
    return outputs;
  }

  /** How many tensors the model has; TFLite adds its own behind those of the file. */
  public int tensors() {
    return (int) interpreter.tensors_size();
  }

  /**
   * Bytes of a tensor after the last run, empty for one that TFLite gave no memory.
   *
   * @param index place in the file's list of tensors
   * @throws IllegalStateException when opened without keeping tensors
   */
  public byte[] tensor(int index) {
    if (!keepTensors) {
      throw new IllegalStateException("opened without keeping tensors");
    }
    if (index < 0 || index >= tensors()) {
      throw new IndexOutOfBoundsException("tensor " + index + " of " + tensors());
    }
    return contents(interpreter.tensor(index));
  }

  private static byte[] contents(TfLiteTensor tensor) {
    BytePointer data = tensor.data().raw();
    byte[] bytes = new byte[data == null ? 0 : Math.toIntExact(tensor.bytes())];
    if (data != null) {
      data.get(bytes, 0, bytes.length);
    }
    return bytes;
  }

  @Override
  public void close() {
    interpreter.close();
    if (model != null) {
      model.close();
    }
    file.close();
  }

  private static void succeed(int status, String otherwise) {
    if (status != tensorflowlite.kTfLiteOk) {
      throw rejected(otherwise);
    }
  }

  private static ModelRejected rejected(String what) {
    return new ModelRejected(
        List.of(
            new Finding(
                "model file",
                what,
                "TensorFlow Lite refuses it; its own words stand above",
                "try the file in TensorFlow's interpreter, and convert it again")));
  }
}
