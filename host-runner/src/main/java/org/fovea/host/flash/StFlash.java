package org.fovea.host.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** st-flash with st-info, of the open-source stlink tools: internal flash of an STM32H7. */
record StFlash(ToolPath path) implements Programmer {
  private static final String FAMILY = "stm32h7";

  @Override
  public String program() {
    return "st-flash";
  }

  @Override
  public String source() {
    return "on Debian or Ubuntu: sudo apt-get install stlink-tools";
  }

  @Override
  public Optional<String> obstacle(FlashTarget target, List<FlashImage> images) {
    return target.family().equals(FAMILY)
        ? Internal.obstacle(images)
        : Optional.of("it does not know an " + target.soc());
  }

  @Override
  public List<String> identify(FlashTarget target) {
    return List.of(path.command("st-info"), "--probe");
  }

  /** Only of one probe: with several it does not say which one it would write through. */
  @Override
  public Identity identity(String output) {
    boolean one = !Identity.find("Found (1) stlink", output).isEmpty();
    return Identity.of(
        one ? Identity.find("serial: *(\\S+)", output) : "",
        "",
        one ? Identity.find("chipid: *(\\S+)", output) : "");
  }

  @Override
  public List<String> write(FlashTarget target, Identity identity, FlashImage image) {
    List<String> command = new ArrayList<>(List.of(path.command(program())));
    identity.serial().ifPresent(s -> command.addAll(List.of("--serial", s)));
    command.addAll(
        List.of("--connect-under-reset", "--reset", "write", image.fileName(), image.addressHex()));
    return command;
  }

  @Override
  public String success() {
    return "Flash written and verified";
  }

  @Override
  public Optional<List<String>> start(FlashTarget target, Identity identity) {
    return Optional.empty();
  }
}
