package org.fovea.generator.emit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.plan.Purpose;

/**
 * The hand-written C files that a project takes over unchanged, as paths below {@code
 * firmware-templates}.
 */
final class Sources {
  private static final List<String> KERNEL_HEADERS =
      List.of(
          "fv_add_s8.h",
          "fv_average_pool_s8.h",
          "fv_conv2d_s8.h",
          "fv_copy_channels_s8.h",
          "fv_depthwise_conv2d_s8.h",
          "fv_gather_channels_s8.h",
          "fv_max_pool_s8.h",
          "fv_pad_s8.h",
          "fv_resize_bilinear_s8.h",
          "fv_resize_nearest_s8.h",
          "fv_rgb565_s8.h",
          "fv_scratch.h",
          "fv_softmax_s8.h",
          "fv_sparse.h",
          "fv_table_s8.h",
          "fv_yuv422_s8.h");

  private static final List<String> ARMV7EM = List.of("fv_dot.S", "fv_dot.h", "fv_scale.h");

  private static final List<String> ARMV7EM_WINOGRAD =
      List.of("fv_winograd.S", "fv_winograd.c", "fv_winograd.h");

  private static final List<String> ARMV7EM_PATCH = List.of("fv_patch.c", "fv_patch.h");

  private static final List<String> NEON_WINOGRAD =
      List.of("fv_neon_winograd.c", "fv_neon_winograd.h");

  private static final List<String> FUSED = List.of("fv_fused.c", "fv_fused.h");

  private static final List<String> HELIUM =
      List.of("fv_copy_bytes.S", "fv_copy_bytes.h", "fv_vector_scale.h");

  private static final List<String> HELIUM_DEPTHWISE =
      List.of("fv_depthwise_3x3.S", "fv_depthwise_3x3.h");

  private static final List<String> HELIUM_CONV =
      List.of("fv_dot_pairs.S", "fv_dot_pairs.h", "fv_store_sums.c", "fv_store_sums.h");

  private static final List<String> NEON =
      List.of("fv_neon.h", "fv_neon_patch.c", "fv_neon_patch.h", "fv_neon_scale.h");

  private static final String SPARSE = "kernels/portable/fv_sparse.c";

  private static final List<String> RUNTIME =
      List.of(
          "fv_boxes.h",
          "fv_bytes.h",
          "fv_cells.c",
          "fv_cells.h",
          "fv_crc32.c",
          "fv_crc32.h",
          "fv_frame.c",
          "fv_frame.h",
          "fv_images.c",
          "fv_images.h",
          "fv_link.c",
          "fv_link.h",
          "fv_memory.c",
          "fv_memory.h",
          "fv_net.c",
          "fv_net.h",
          "fv_port.h",
          "fv_requant.h",
          "fv_rows.c",
          "fv_rows.h",
          "fv_session.c",
          "fv_session.h");

  /** Reads the generated fv_head.c. */
  static final String BOXES = "runtime/fv_boxes.c";

  /** Where an engine computes: there are no weights of Fovea's to compile. */
  static final String ENGINE = "runtime/fv_engine.h";

  /** Where Fovea's own kernels compute. */
  private static final String OWN = "harness/own-kernels/fv_start.c";

  private static final List<String> SUPERVISOR = List.of("fv_supervisor.c", "fv_supervisor.h");

  private static final List<String> LINUX_HARNESS =
      List.of("fv_main.c", "fv_parallel.c", "fv_thread.c", "fv_thread.h", "fv_worker.h");

  private static final List<String> LINUX_PORT =
      List.of("fv_line.c", "fv_line.h", "fv_linux.h", "fv_port.c");

  private static final String CUBE = "ports/cube/";

  private static final List<String> CUBE_PORT =
      List.of("fovea_port_hal.c", "fovea_port_hal.h", "fv_hal.h");

  private Sources() {}

  /**
   * All files of firmware, in order.
   *
   * @param port its files
   */
  static List<String> of(Firmware firmware, List<String> port) {
    List<String> files = common(firmware);
    files.addAll(start(firmware));
    files.add("harness/" + firmware.rtos().id() + "/fv_main.c");
    if (firmware.rtos() == Rtos.FREERTOS) {
      files.add("harness/freertos/FreeRTOSConfig.h");
    }
    SUPERVISOR.forEach(f -> files.add("harness/supervisor/" + f));
    if (firmware.placement().containsKey(Purpose.SECOND_CORE)) {
      files.add("ports/cortex-m/fv_second_core.S");
    }
    files.addAll(port);
    return files;
  }

  /** All files of a program under Linux, in order. */
  static List<String> ofProcess(Firmware firmware) {
    List<String> files = common(firmware);
    files.add("runtime/fv_parallel.h");
    files.addAll(start(firmware));
    LINUX_HARNESS.forEach(f -> files.add("harness/linux/" + f));
    LINUX_PORT.forEach(f -> files.add("ports/linux/" + f));
    return files;
  }

  /** All files of the folder for an STM32Cube project, in order. */
  static List<String> ofCube(Firmware firmware) {
    List<String> files = common(firmware);
    files.addAll(List.of("ports/cortex-m/fv_core.c", "ports/cortex-m/fv_cortex_m.h"));
    CUBE_PORT.forEach(f -> files.add(CUBE + f));
    String rtos = firmware.rtos().id();
    files.add("harness/cube-" + rtos + "/fovea_" + rtos + ".c");
    return files;
  }

  /** Whether a file includes headers of the application: it is compiled as one of its own. */
  static boolean seesApplication(String file) {
    return file.startsWith(CUBE) || file.startsWith("harness/cube-");
  }

  /** What the harnesses start before the first image. */
  private static List<String> start(Firmware firmware) {
    return firmware.computation().engine().isEmpty() ? List.of(OWN) : List.of();
  }

  /** What computes: kernels, or the call of an engine. */
  private static final class Computing implements Computation.Cases<List<String>> {
    @Override
    public List<String> own(OwnKernels own) {
      List<String> files = new ArrayList<>();
      KERNEL_HEADERS.forEach(f -> files.add("kernels/" + f));
      files.addAll(kernelFiles(own.kernels()));
      return files;
    }

    @Override
    public List<String> engine(EngineCall call) {
      List<String> files = new ArrayList<>(call.called().sources());
      files.add(ENGINE);
      return files;
    }
  }

  private static List<String> common(Firmware firmware) {
    List<String> files = new ArrayList<>(firmware.computation().accept(new Computing()));
    RUNTIME.forEach(f -> files.add("runtime/" + f));
    if (firmware.boxes().isPresent()) {
      files.add(BOXES);
    }
    return files;
  }

  private static SortedSet<String> kernelFiles(List<KernelChoice> kernels) {
    SortedSet<String> files = new TreeSet<>();
    for (KernelChoice kernel : kernels) {
      String folder = "kernels/" + kernel.variant() + "/";
      files.add(folder + kernel.function() + ".c");
      if (!kernel.variant().equals("portable")) {
        files.add(folder + kernel.function() + ".h");
      }
      shared(kernel).forEach(f -> files.add(folder + f));
      if (readsSparse(kernel)) {
        files.add(SPARSE);
      }
    }
    return files;
  }

  /** Files of its folder that a kernel shares with others. */
  private static List<String> shared(KernelChoice kernel) {
    boolean winograd = kernel.function().contains("winograd");
    boolean depthwise = kernel.function().contains("depthwise");
    List<String> files = new ArrayList<>();
    switch (kernel.variant()) {
      case "armv7em" -> {
        files.addAll(ARMV7EM);
        files.addAll(winograd ? ARMV7EM_WINOGRAD : List.of());
        files.addAll(usesPatches(kernel) ? ARMV7EM_PATCH : List.of());
      }
      case "helium" -> {
        files.addAll(usesCopies(kernel) ? HELIUM : List.of());
        files.addAll(usesCopies(kernel) ? depthwise ? HELIUM_DEPTHWISE : HELIUM_CONV : List.of());
      }
      case "neon" -> {
        files.addAll(NEON);
        files.addAll(winograd ? NEON_WINOGRAD : List.of());
      }
      default -> files.addAll(kernel.function().contains("conv2d") ? FUSED : List.of());
    }
    return files;
  }

  /** Whether a kernel copies windows, with the code that is shared for it. */
  static boolean usesCopies(KernelChoice kernel) {
    return kernel.variant().equals("helium") && kernel.function().contains("conv2d");
  }

  /** Whether a kernel computes and stores rectangles, with the code that is shared for it. */
  static boolean usesPatches(KernelChoice kernel) {
    return kernel.variant().equals("armv7em") && !kernel.function().contains("depthwise");
  }

  /** Whether a kernel can unpack weights without their zeros. */
  static boolean readsSparse(KernelChoice kernel) {
    return usesPatches(kernel) || kernel.function().equals("fv_conv2d_mve_s8");
  }

  static byte[] read(String file) {
    try (InputStream in = Sources.class.getResourceAsStream("/firmware-templates/" + file)) {
      if (in == null) {
        throw new IllegalStateException("firmware-templates lacks " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
