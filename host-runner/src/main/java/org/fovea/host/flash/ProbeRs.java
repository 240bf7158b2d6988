package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/** probe-rs: internal flash through any debug probe. */
record ProbeRs(ToolPath path) implements Programmer {

  @Override
  public String program() {
    return "probe-rs";
  }

  @Override
  public String source() {
    return "https://probe.rs, or cargo install probe-rs-tools";
  }

  @Override
  public Optional<String> obstacle(FlashTarget target, List<FlashImage> images) {
    return Internal.obstacle(images);
  }

  @Override
  public List<String> identify(FlashTarget target) {
    return List.of(
        path.command(program()),
        "read",
        "--chip",
        target.soc(),
        "--protocol",
        "swd",
        "--connect-under-reset",
        "--non-interactive",
        "b32",
        target.identityHex(),
        "1");
  }

  @Override
  public Identity identity(String output) {
    return Identity.of(
        "", "", Identity.find("^(?:[0-9a-fA-F]{8}: *)?([0-9a-fA-F]{8})\\s*$", output));
  }

  @Override
  public List<String> write(FlashTarget target, Identity identity, FlashImage image) {
    return List.of(
        path.command(program()),
        "download",
        "--chip",
        target.soc(),
        "--protocol",
        "swd",
        "--connect-under-reset",
        "--non-interactive",
        "--verify",
        "--binary-format",
        "bin",
        "--base-address",
        image.addressHex(),
        image.fileName());
  }

  @Override
  public String success() {
    return "Finished in";
  }

  @Override
  public Optional<List<String>> start(FlashTarget target, Identity identity) {
    return Optional.of(
        List.of(
            path.command(program()),
            "reset",
            "--chip",
            target.soc(),
            "--protocol",
            "swd",
            "--non-interactive"));
  }
}
