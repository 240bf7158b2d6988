package org.fovea.generator.support;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.InterpreterOptions;
import org.bytedeco.tensorflowlite.MutableOpResolver;
import org.bytedeco.tensorflowlite.TfLiteContext;
import org.bytedeco.tensorflowlite.TfLiteRegistration;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.junit.jupiter.api.Assumptions;

/**
 * TFLite itself with its reference kernels. Their resolver is exported by the library but not
 * mapped to Java, so its constructor is called by its symbol on a block of zeroed memory; Windows
 * exports no such symbol.
 */
public final class TfliteOracle {
  private static final String CONSTRUCTOR = "_ZN6tflite3ops7builtin20BuiltinRefOpResolverC1Ev";
  private static final int RESOLVER_BYTES = 4096;
  private static final BytePointer RESOLVER_MEMORY = new BytePointer(RESOLVER_BYTES).zero();
  private static final MutableOpResolver RESOLVER = resolver();

  private TfliteOracle() {}

  /** Every tensor after one run; an empty array for one that TFLite gave no memory. */
  public static List<byte[]> run(byte[] model, byte[] input) {
    Assumptions.assumeTrue(RESOLVER != null, "this platform's TFLite hides its reference kernels");
    try (BytePointer file = new BytePointer(model);
        InterpreterOptions options = new InterpreterOptions();
        Interpreter interpreter = new Interpreter((Pointer) null)) {
      options.SetPreserveAllTensors(true);
      FlatBufferModel flat = FlatBufferModel.BuildFromBuffer(file, model.length);
      InterpreterBuilder builder = new InterpreterBuilder(flat, RESOLVER, options);
      succeed(builder.apply(interpreter, 1));
      succeed(interpreter.AllocateTensors());
      interpreter.input_tensor(0).data().raw().put(input, 0, input.length);
      succeed(interpreter.Invoke());
      List<byte[]> tensors = new ArrayList<>();
      for (int i = 0; i < interpreter.tensors_size(); i++) {
        tensors.add(contents(interpreter.tensor(i)));
      }
      return tensors;
    }
  }

  private static byte[] contents(TfLiteTensor tensor) {
    BytePointer data = tensor.data().raw();
    byte[] bytes = new byte[data == null ? 0 : (int) tensor.bytes()];
    if (data != null) {
      data.get(bytes, 0, bytes.length);
    }
    return bytes;
  }

  private static void succeed(int status) {
    if (status != tensorflowlite.kTfLiteOk) {
      throw new IllegalStateException("TFLite refuses the model: status " + status);
    }
  }

  private static MutableOpResolver resolver() {
    Loader.loadGlobal(Loader.load(tensorflowlite.class));
    Pointer constructor = Loader.addressof(CONSTRUCTOR);
    if (constructor == null) {
      return null;
    }
    try (LongPointer cell = new LongPointer(1)) {
      cell.put(constructor.address());
      // Any mapped function type whose first argument is a pointer will do: it becomes `this`.
      new TfLiteRegistration.Free_TfLiteContext_Pointer(cell)
          .call(new TfLiteContext(RESOLVER_MEMORY), null);
    }
    return new MutableOpResolver(RESOLVER_MEMORY);
  }
}
