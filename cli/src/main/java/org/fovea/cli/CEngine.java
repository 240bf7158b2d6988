package org.fovea.cli;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.HostNetwork;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Input;

/** The generated C, compiled for this PC: a process a thread. */
final class CEngine implements Engine {
  private final HostNetwork network;
  private final Detector detector;
  private final Queue<HostNetwork.Running> idle = new ConcurrentLinkedQueue<>();

  CEngine(Compiled compiled, Detector detector) {
    this.network = HostNetwork.build(compiled);
    this.detector = detector;
  }

  @Override
  public String title() {
    return "the generated C compiled for this PC, " + JavaEngine.ARITHMETIC + " arithmetic";
  }

  @Override
  public String arithmetic() {
    return JavaEngine.ARITHMETIC;
  }

  @Override
  public Input input() {
    return detector.input();
  }

  @Override
  public List<List<Detection>> detect(List<ImageInput> images) {
    return images.stream().map(this::detect).toList();
  }

  private List<Detection> detect(ImageInput image) {
    HostNetwork.Running free = idle.poll();
    HostNetwork.Running running = free == null ? network.start() : free;
    List<Bytes> outputs = running.run(image.tensor()).stream().map(Bytes::of).toList();
    idle.add(running);
    return new Decoder(detector).decode(outputs, image.placement());
  }

  @Override
  public void close() {
    idle.forEach(HostNetwork.Running::close);
    network.close();
  }
}
