package org.fovea.generator.tflite;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.MutableOpResolver;
import org.bytedeco.tensorflowlite.OpResolver;
import org.bytedeco.tensorflowlite.TfLiteContext;
import org.bytedeco.tensorflowlite.TfLiteRegistration;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ToolMissing;

/** TFLite's sets of kernels, each made on first use and kept: interpreters only read them. */
final class OpResolvers {
  private OpResolvers() {}

  /**
   * @throws ToolMissing when this platform has no TFLite, or one without the kernels
   */
  static OpResolver of(TfliteInterpreter.Kernels kernels, boolean keepTensors) {
    load();
    return switch (kernels) {
      case REFERENCE -> reference();
      case DEFAULT -> keepTensors ? Optimized.RESOLVER : Delegated.RESOLVER;
    };
  }

  private static void load() {
    try {
      Loader.load(tensorflowlite.class);
    } catch (LinkageError absent) {
      throw missing("TensorFlow Lite", String.valueOf(absent.getMessage()));
    }
  }

  private static OpResolver reference() {
    if (Reference.RESOLVER == null) {
      throw missing("TensorFlow Lite's reference kernels", "its library does not export them");
    }
    return Reference.RESOLVER;
  }

  private static ToolMissing missing(String what, String why) {
    return new ToolMissing(
        List.of(
            new Finding(
                "platform " + Loader.Detector.getPlatform(),
                what + " cannot run here",
                why,
                "build and run Fovea on Linux or macOS (x86_64, arm64), or on Windows (x86_64,"
                    + " without the reference kernels)")));
  }

  /** Optimised kernels, and XNNPACK where it applies. */
  private static final class Delegated {
    private static final OpResolver RESOLVER = new BuiltinOpResolver();
  }

  /** Optimised kernels; a delegate would keep its inner tensors to itself. */
  private static final class Optimized {
    private static final OpResolver RESOLVER = new BuiltinOpResolverWithoutDefaultDelegates();
  }

  /**
   * The library exports the resolver but does not map it to Java, so its constructor is called by
   * its symbol on a block of zeroed memory, which is far larger than the object. Windows exports no
   * such symbol.
   */
  private static final class Reference {
    private static final String CONSTRUCTOR = "_ZN6tflite3ops7builtin20BuiltinRefOpResolverC1Ev";
    private static final int RESOLVER_BYTES = 4096;
    private static final BytePointer MEMORY = new BytePointer(RESOLVER_BYTES).zero();
    private static final OpResolver RESOLVER = construct();

    private static OpResolver construct() {
      Loader.loadGlobal(Loader.load(tensorflowlite.class));
      Pointer constructor = Loader.addressof(CONSTRUCTOR);
      if (constructor == null) {
        return null;
      }
      try (LongPointer cell = new LongPointer(1)) {
        cell.put(constructor.address());
        // Any mapped function type whose first argument is a pointer will do: it becomes `this`.
        new TfLiteRegistration.Free_TfLiteContext_Pointer(cell)
            .call(new TfLiteContext(MEMORY), null);
      }
      return new MutableOpResolver(MEMORY);
    }
  }
}
