package org.fovea.generator.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.TestGraphs;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.Planner;
import org.fovea.generator.plan.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterTest {
  @TempDir Path dir;

  @Test
  void emitsOneCommentedEntryPerLayer() {
    OutputTree tree = new Emitter().emit(firmware(Rtos.BARE), "{}");
    String out = System.getProperty("emit.to", "");
    tree.writeTo(out.isEmpty() ? dir.resolve("project") : Path.of(out));
    assertThat(tree.files()).containsKeys("CMakeLists.txt", "generated/fv_network.c");
  }

  static Firmware firmware(Rtos rtos) {
    Network network = Lowering.lower(TestGraphs.tinyYolo());
    List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
    Map<Purpose, String> placement = new TreeMap<>();
    for (Purpose purpose : Purpose.values()) {
      placement.put(purpose, purpose.isConstant() ? "CODE" : "RAM");
    }
    Target target =
        new Target(
            "qemu-mps2-an500",
            "QEMU MPS2 AN500",
            "mps2",
            List.of("-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard"),
            Target.Counter.INSTRUCTIONS,
            62_500_000L,
            25_000_000L,
            3,
            "portable/GCC/ARM_CM7/r0p1",
            List.of("tasks.c", "list.c", "portable/GCC/ARM_CM7/r0p1/port.c"),
            "CODE",
            List.of(
                new Target.LinkRegion("CODE", "rx", 0, 4 << 20),
                new Target.LinkRegion("RAM", "rw", 0x20000000L, 4 << 20)),
            List.of(
                new Target.MpuRegion(0, 0x060b0000L | 21 << 1 | 1, "CODE"),
                new Target.MpuRegion(0x20000000L, 0x130b0000L | 21 << 1 | 1, "RAM"),
                new Target.MpuRegion(0x40000000L, 0x13050000L | 27 << 1 | 1, "devices")));
    return new Firmware(
        "tiny.tflite",
        "ab".repeat(32),
        "cd".repeat(32),
        network,
        kernels,
        Planner.layerByLayer(network, kernels),
        Constants.of(network),
        target,
        rtos,
        Firmware.Stacks.of(rtos),
        placement);
  }
}
