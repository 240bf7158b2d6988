package org.fovea.host.session;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.Finding;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Input;

/** Compares what the board says of itself with the manifest. */
final class HelloCheck {
  private static final int LEAST_PAYLOAD = 64;
  private static final String OTHER_FIRMWARE =
      "The firmware on the board is not the one of this deployment.json";
  private static final String FLASH =
      "Flash the firmware built from it, or name the deployment.json of the firmware on the board";

  private final List<Finding> findings = new ArrayList<>();

  private HelloCheck() {}

  static void check(Answers.Hello hello, Deployment deployment) {
    HelloCheck check = new HelloCheck();
    Input input = deployment.input();
    check.same("protocol version", hello.version(), Session.PROTOCOL_VERSION);
    check.same("model SHA-256", hello.modelSha256(), deployment.model().sha256());
    check.same("layout SHA-256", hello.layoutSha256(), deployment.layoutSha256());
    check.same("runtime ABI", hello.runtimeAbi(), (long) deployment.runtimeAbi());
    check.same("number of layers", hello.layers(), deployment.layers().size());
    check.same("number of outputs", hello.outputs(), deployment.outputs().size());
    check.same(
        "input shape",
        shape(hello.inputHeight(), hello.inputWidth(), hello.inputChannels()),
        shape(input.height(), input.width(), input.pixelBytes()));
    check.payload(hello.maxPayload());
    if (!check.findings.isEmpty()) {
      throw new DeviceRefused(check.findings);
    }
  }

  private void same(String what, Object board, Object manifest) {
    if (!board.equals(manifest)) {
      findings.add(
          new Finding(
              "board",
              what + " is " + board + " on the board and " + manifest + " in deployment.json",
              OTHER_FIRMWARE,
              FLASH));
    }
  }

  private void payload(int bytes) {
    if (bytes < LEAST_PAYLOAD || bytes > Frame.MAX_PAYLOAD) {
      findings.add(
          new Finding(
              "board",
              "takes payloads of " + bytes + " bytes",
              "The protocol allows " + LEAST_PAYLOAD + " to " + Frame.MAX_PAYLOAD,
              "Generate, build and flash the firmware again"));
    }
  }

  private static String shape(int height, int width, int channels) {
    return height + "x" + width + "x" + channels;
  }
}
