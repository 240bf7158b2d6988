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

/**
 * The hand-written C files that a project takes over unchanged, as paths below {@code
 * firmware-templates}.
 */
final class Sources {
  private static final List<String> KERNEL_HEADERS =
      List.of(
          "fv_add_s8.h",
          "fv_conv2d_s8.h",
          "fv_copy_channels_s8.h",
          "fv_depthwise_conv2d_s8.h",
          "fv_max_pool_s8.h",
          "fv_pad_s8.h",
          "fv_resize_nearest_s8.h",
          "fv_rgb565_s8.h",
          "fv_scratch.h",
          "fv_table_s8.h",
          "fv_yuv422_s8.h");

  private static final List<String> ARMV7EM = List.of("fv_dot.S", "fv_dot.h", "fv_scale.h");

  private static final List<String> RUNTIME =
      List.of(
          "fv_bytes.h",
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

  private static final List<String> CORTEX_M =
      List.of(
          "fv_cmsdk_uart.c",
          "fv_core.c",
          "fv_cortex_m.h",
          "fv_fault.c",
          "fv_mpu.c",
          "fv_mpu.h",
          "fv_startup.c",
          "fv_syscalls.c",
          "fv_uart.h");

  private Sources() {}

  /** All files of a project, in order. */
  static List<String> of(List<KernelChoice> kernels, Rtos rtos, String port) {
    List<String> files = new ArrayList<>();
    KERNEL_HEADERS.forEach(f -> files.add("kernels/" + f));
    files.addAll(kernelFiles(kernels));
    RUNTIME.forEach(f -> files.add("runtime/" + f));
    files.add("harness/" + rtos.id() + "/fv_main.c");
    if (rtos == Rtos.FREERTOS) {
      files.add("harness/freertos/FreeRTOSConfig.h");
    }
    CORTEX_M.forEach(f -> files.add("ports/cortex-m/" + f));
    files.add("ports/" + port + "/fv_irq.h");
    files.add("ports/" + port + "/fv_port.c");
    return files;
  }

  private static SortedSet<String> kernelFiles(List<KernelChoice> kernels) {
    SortedSet<String> files = new TreeSet<>();
    for (KernelChoice kernel : kernels) {
      String folder = "kernels/" + kernel.variant() + "/";
      files.add(folder + kernel.function() + ".c");
      if (kernel.variant().equals("armv7em")) {
        files.add(folder + kernel.function() + ".h");
        if (kernel.function().contains("winograd")) {
          files.add(folder + "fv_winograd.S");
          files.add(folder + "fv_winograd.c");
          files.add(folder + "fv_winograd.h");
        }
        ARMV7EM.forEach(f -> files.add(folder + f));
        if (usesPatches(kernel)) {
          files.add(folder + "fv_patch.c");
          files.add(folder + "fv_patch.h");
        }
      } else if (kernel.function().contains("conv2d")) {
        files.add(folder + "fv_fused.c");
        files.add(folder + "fv_fused.h");
      }
    }
    return files;
  }

  /** Whether a kernel computes and stores rectangles, with the code that is shared for it. */
  static boolean usesPatches(KernelChoice kernel) {
    return kernel.variant().equals("armv7em") && !kernel.function().contains("depthwise");
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
