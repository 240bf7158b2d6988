package org.fovea.generator.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.TestGraphs;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.LayerReads;
import org.fovea.generator.plan.Need;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;
import org.fovea.generator.plan.Planner;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterTest {
  @TempDir Path dir;

  @Test
  void emitsOneCommentedEntryPerLayer() {
    Firmware firmware = firmware(Rtos.BARE);
    OutputTree tree = new Emitter().emit(firmware, "{}");
    String network = text(tree, "generated/fv_network.c");
    firmware
        .computation()
        .network()
        .layers()
        .forEach(
            layer ->
                assertThat(network)
                    .contains("/* " + LayerText.title(layer) + "\n")
                    .contains("case " + layer.index() + ": /* " + LayerText.title(layer) + " */"));
    assertThat(network).contains("CONV_2D 3x3/1 + LEAKY_RELU + MAX_POOL_2D 2x2/2");
  }

  @Test
  void everyFileIsUnixTextAndNamesNoPlace() {
    OutputTree tree = new Emitter().emit(firmware(Rtos.FREERTOS), "{}");
    tree.files()
        .forEach(
            (path, bytes) -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              assertThat(text).as(path).endsWith("\n").doesNotContain("\r");
              assertThat(text).as(path).doesNotContain(System.getProperty("user.dir"));
            });
  }

  @Test
  void namesOfTheModelCannotLeaveTheirComment() {
    Firmware hostile = firmware(Rtos.BARE);
    String name = "x*/ int evil; /*\\\n#error\"${1}.tflite";
    Firmware renamed =
        new Firmware(
            name,
            hostile.modelSha256(),
            hostile.layoutSha256(),
            hostile.computation(),
            hostile.boxes(),
            hostile.target(),
            hostile.rtos(),
            hostile.stacks(),
            hostile.placement(),
            hostile.weights());
    String network = text(new Emitter().emit(renamed, "{}"), "generated/fv_network.c");
    assertThat(network.lines().findFirst().orElseThrow())
        .isEqualTo(
            "/* x_/ int evil; /___#error___1_.tflite: the network: its plan, its layers, their order.");
  }

  @Test
  void writesOverItsOwnProjectButNotOverOthers() throws Exception {
    OutputTree tree = new Emitter().emit(firmware(Rtos.BARE), "{}");
    Path own = dir.resolve("own");
    tree.writeTo(own);
    Path untouched = own.resolve("generated/fv_network.c");
    Files.setLastModifiedTime(untouched, FileTime.fromMillis(0));
    Files.writeString(own.resolve("CMakeLists.txt"), "edited");
    tree.writeTo(own);
    assertThat(Files.getLastModifiedTime(untouched)).isEqualTo(FileTime.fromMillis(0));
    assertThat(Files.readString(own.resolve("CMakeLists.txt"))).contains("project(firmware C ASM)");

    Path foreign = Files.createDirectory(dir.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> tree.writeTo(foreign)).isInstanceOf(UserFault.OutputRefused.class);
    assertThat(foreign.toFile().list()).containsExactly("thesis.txt");
  }

  private static String text(OutputTree tree, String path) {
    return new String(tree.files().get(path), StandardCharsets.UTF_8);
  }

  static Firmware firmware(Rtos rtos) {
    Network network = Lowering.lower(TestGraphs.tinyYolo());
    List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
    Planned planned = Planner.plan(network, kernels, PlanGoal.DEFAULT);
    OwnKernels own =
        new OwnKernels(
            network, kernels, planned.plan(), planned.summary(), Constants.of(network, kernels));
    Map<Purpose, String> placement = new TreeMap<>();
    for (Purpose purpose : Purpose.values()) {
      placement.put(purpose, purpose.isConstant() ? "CODE" : "RAM");
    }
    placement.remove(Purpose.SECOND_CORE);
    Target target =
        new Target.Microcontroller(
            "qemu-mps2-an500",
            "QEMU MPS2 AN500",
            Port.MPS2.files(Optional.empty()),
            List.of("qemu-system-arm", "-M", "machine"),
            Optional.empty(),
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
                new Target.LinkRegion("RAM", "rw", 0x20000000L, 3 << 20)),
            List.of(
                new Target.MpuRegion(0, 0x060b0000L | 21 << 1 | 1, "CODE"),
                new Target.MpuRegion(0x20000000L, 0x130b0000L | 21 << 1 | 1, "RAM"),
                new Target.MpuRegion(0x40000000L, 0x13050000L | 27 << 1 | 1, "devices")),
            List.of(new Target.Kept("RAM", 0x20300000L, 0x20400000L)));
    return new Firmware(
        "tiny.tflite",
        "ab".repeat(32),
        "cd".repeat(32),
        own,
        Optional.empty(),
        target,
        rtos,
        Firmware.Stacks.of(rtos, Core.CORTEX_M7, Project.FIRMWARE),
        placement,
        weights(own));
  }

  private static WeightPlacement weights(OwnKernels own) {
    Board board = BoardCatalogue.find("qemu-mps2-an500");
    List<Need> needs = Demand.of(own, Optional.empty(), board, Rtos.BARE, Project.FIRMWARE);
    return Allocation.of(board, needs, LayerReads.of(own.plan(), own.constants())).weights();
  }
}
