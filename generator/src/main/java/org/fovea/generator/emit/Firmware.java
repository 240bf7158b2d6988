package org.fovea.generator.emit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;

/**
 * Everything that a firmware project is made from.
 *
 * @param layoutSha256 of the manifest without this very field
 * @param boxes how the outputs hold them, where the device can read them
 * @param placement name of the linker region of each purpose but weights
 * @param weights where each layer's weights lie; nowhere of an engine's network
 */
public record Firmware(
    String modelFile,
    String modelSha256,
    String layoutSha256,
    Computation computation,
    Optional<Boxes> boxes,
    Target target,
    Rtos rtos,
    Stacks stacks,
    Map<Purpose, String> placement,
    WeightPlacement weights) {

  /** Grids in the order in which equal scores count, and which of their boxes are kept. */
  public record Boxes(List<Manifest.Grid> grids, Manifest.Thresholds thresholds) {
    public Boxes {
      grids = List.copyOf(grids);
    }
  }

  /** Bytes of each stack; multiples of 8. Those that a harness lacks are 0. */
  public record Stacks(int main, int inference, int link, int supervisor, int idle, int worker) {
    /** What is left at the deepest that {@code fovea build} found, for another compiler. */
    private static final int MARGIN = 64;

    /**
     * glibc's least on AArch64, and the largest page, which is closed. The link's is the kernel's.
     */
    private static final int THREAD = (128 + 64) << 10;

    /** More than with kernels in plain C, by arm-none-eabi-gcc 12.2.1. */
    private static int kernels(Core core) {
      return switch (KernelSet.of(core)) {
        case PORTABLE, NEON -> 0;
        case ARMV7EM -> 328;
        case HELIUM -> 240;
      };
    }

    /**
     * For what nobody measured: the HAL below the link, the application's FreeRTOS and compiler.
     */
    private static final int CUBE = 512;

    /**
     * Those of a project. In an STM32Cube project the stacks of main, interrupts and the idle task
     * are the application's.
     */
    public static Stacks of(Rtos rtos, Core core, Project project) {
      Stacks own = of(rtos, core);
      return switch (project) {
        case FIRMWARE -> own;
        case CUBE ->
            rtos == Rtos.BARE
                ? new Stacks(0, 0, 0, 0, 0, 0)
                : new Stacks(0, own.inference + CUBE, own.link + CUBE, 0, 0, 0);
      };
    }

    /** The same with what an engine needs. */
    public Stacks of(Computation computation) {
      int more = computation.engine().map(Engine::stackBytes).orElse(0);
      return inference > 0
          ? new Stacks(main, inference + more, link, supervisor, idle, worker)
          : new Stacks(main + more, inference, link, supervisor, idle, worker);
    }

    /** The most of the bounds on Cortex-M7 and Cortex-M55, by arm-none-eabi-gcc 12.2.1. */
    private static Stacks of(Rtos rtos, Core core) {
      return switch (rtos) {
        case BARE -> new Stacks(1440 + kernels(core) + MARGIN, 0, 0, 0, 0, 0);
        case FREERTOS ->
            new Stacks(
                736 + MARGIN,
                616 + kernels(core) + MARGIN,
                632 + MARGIN,
                368 + MARGIN,
                248 + MARGIN,
                0);
        case LINUX -> new Stacks(0, THREAD, 0, 0, 0, THREAD);
      };
    }

    public int total() {
      return main + inference + link + supervisor + idle + worker;
    }
  }
}
