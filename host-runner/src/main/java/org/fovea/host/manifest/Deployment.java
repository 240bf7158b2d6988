package org.fovea.host.manifest;

import java.util.List;
import java.util.Optional;

/**
 * Everything the host knows about one firmware, as {@code deployment.json} says it. Read it with
 * {@link ManifestReader}, which is the only place that makes one from a file.
 *
 * @param layoutSha256 lower-case hex; two builds of one model differ here
 * @param counter what PROFILE counts
 * @param weightsCrc32 of the weights as they lie in flash
 * @param tablesCrc32 of the tables as they lie in flash
 * @param engine empty where Fovea's kernels compute the network
 */
public record Deployment(
    String generator,
    String layoutSha256,
    Model model,
    Board board,
    String rtos,
    int runtimeAbi,
    Counter counter,
    Input input,
    List<Output> outputs,
    List<Head> heads,
    Thresholds thresholds,
    List<String> labels,
    long weightsCrc32,
    long tablesCrc32,
    Optional<Engine> engine,
    List<Layer> layers,
    Memory memory,
    EmulatorCommand emulator) {
  public Deployment {
    outputs = List.copyOf(outputs);
    heads = List.copyOf(heads);
    labels = List.copyOf(labels);
    layers = List.copyOf(layers);
  }

  /** Whether every layer's bits are those of the PC, so that checksums tell. */
  public boolean isExact() {
    return engine.map(Engine::exact).orElse(true);
  }

  /** The part that pictures and boxes need. */
  public Detector detector() {
    return new Detector(input, outputs, heads, thresholds, labels);
  }
}
