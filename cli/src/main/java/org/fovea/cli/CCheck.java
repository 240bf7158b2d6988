package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.HostNetwork;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.report.ValidationSheet.Exactness;

/** The generated C, compiled for this PC, beside the Java executor: all outputs, all bytes. */
final class CCheck implements AutoCloseable {
  private final Optional<HostNetwork> network;
  private final Optional<HostNetwork.Running> running;
  private final String skipped;
  private Optional<String> difference = Optional.empty();
  private int images;

  private CCheck(Optional<HostNetwork> network, String skipped) {
    this.network = network;
    this.running = network.map(HostNetwork::start);
    this.skipped = skipped;
  }

  static CCheck of(Compiled compiled) {
    try {
      return new CCheck(Optional.of(HostNetwork.build(compiled)), "");
    } catch (UserFault.ToolMissing | UserFault.DoesNotFit fault) {
      return new CCheck(
          Optional.empty(), fault.findings().get(0).where() + " " + fault.findings().get(0).what());
    }
  }

  void add(ImageInput image, List<Bytes> expected) {
    if (running.isEmpty() || difference.isPresent()) {
      return;
    }
    List<byte[]> found = running.get().run(image.tensor());
    images++;
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(Bytes.of(found.get(i)))) {
        difference = Optional.of("output " + i + " differs, first on " + image.name());
        return;
      }
    }
  }

  Exactness result() {
    String what = "generated C = Java";
    if (running.isEmpty()) {
      return new Exactness(what, Optional.empty(), "not compared: " + skipped);
    }
    return new Exactness(
        what,
        Optional.of(difference.isEmpty()),
        difference.orElse("every byte of every output, " + images + " images"));
  }

  @Override
  public void close() {
    running.ifPresent(HostNetwork.Running::close);
    network.ifPresent(HostNetwork::close);
  }
}
