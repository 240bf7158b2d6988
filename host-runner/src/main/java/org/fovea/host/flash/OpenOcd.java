package org.fovea.host.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenOCD with an ST-LINK: internal flash. */
record OpenOcd(ToolPath path) implements Programmer {
  private static final String UNDER_RESET =
      "reset_config srst_only srst_nogate connect_assert_srst";

  @Override
  public String program() {
    return "openocd";
  }

  @Override
  public String source() {
    return "on Debian or Ubuntu: sudo apt-get install openocd";
  }

  @Override
  public Optional<String> obstacle(FlashTarget target, List<FlashImage> images) {
    return target.openocd().isEmpty()
        ? Optional.of("it has no script for an " + target.soc())
        : Internal.obstacle(images);
  }

  private List<String> begin(FlashTarget target) {
    return new ArrayList<>(
        List.of(
            path.command(program()),
            "-f",
            "interface/stlink.cfg",
            "-f",
            target.openocd().orElse(""),
            "-c",
            UNDER_RESET));
  }

  @Override
  public List<String> identify(FlashTarget target) {
    List<String> command = begin(target);
    command.addAll(List.of("-c", "init", "-c", "mdw " + target.identityHex(), "-c", "shutdown"));
    return command;
  }

  @Override
  public Identity identity(String output) {
    return Identity.of("", "", Identity.find("^0x[0-9a-fA-F]{8}: *([0-9a-fA-F]{8})\\s*$", output));
  }

  @Override
  public List<String> write(FlashTarget target, Identity identity, FlashImage image) {
    List<String> command = begin(target);
    command.addAll(
        List.of(
            "-c", "program " + image.fileName() + " " + image.addressHex() + " verify reset exit"));
    return command;
  }

  @Override
  public String success() {
    return "** Verified OK **";
  }

  @Override
  public Optional<List<String>> start(FlashTarget target, Identity identity) {
    return Optional.empty();
  }
}
