package org.fovea.generator.emit;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.engine.Engine;

/**
 * What the templates of a program under Linux say.
 *
 * @param ownKernels whether Fovea's compute; else {@code engine}, with the files {@code compiled}
 */
public record ProcessView(
    String model,
    String boardId,
    String boardName,
    List<String> provenance,
    List<String> plan,
    String modelSha256,
    String layoutSha256,
    int rtos,
    int counter,
    long clockHertz,
    int baud,
    int inferenceStackBytes,
    int workerStackBytes,
    List<ProjectView.Weights> weights,
    List<ProjectView.Span> spans,
    List<ProjectView.Section> exactSections,
    List<String> sources,
    List<String> includes,
    String cpuFlags,
    String toolchain,
    String compiler,
    boolean ownKernels,
    String engine,
    List<Engine.Copy> compiled) {
  private static final int LINUX = 2;

  static ProcessView of(
      Firmware firmware,
      Target.LinuxProcess target,
      List<String> provenance,
      List<String> sources) {
    Optional<Engine> engine = firmware.computation().engine();
    return new ProcessView(
        CComment.safe(firmware.modelFile()),
        CComment.safe(target.boardId()),
        CComment.safe(target.boardName()),
        provenance,
        firmware.computation().summary(),
        CLiteral.hexBytes(firmware.modelSha256()),
        CLiteral.hexBytes(firmware.layoutSha256()),
        LINUX,
        target.counter().code(),
        target.clockHertz(),
        target.baud(),
        firmware.stacks().inference(),
        firmware.stacks().worker(),
        firmware.weights().pieces().stream().map(ProjectView::weights).toList(),
        ProjectView.spans(firmware.weights()),
        ProjectView.exact(firmware),
        ProjectView.compiled(sources, "generated/fv_spans.c"),
        ProjectView.includes(sources),
        String.join(" ", target.cpuFlags()),
        target.toolchain(),
        target.toolchain() + "-gcc",
        engine.isEmpty(),
        engine.map(Engine::title).orElse(""),
        engine.map(Engine::copies).orElse(List.of()));
  }
}
