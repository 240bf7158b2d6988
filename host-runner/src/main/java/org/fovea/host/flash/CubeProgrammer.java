package org.fovea.host.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STMicroelectronics' own, the only one with loaders for the external flash of ST's boards. */
record CubeProgrammer(ToolPath path) implements Programmer {
  private static final String LOADERS = "ExternalLoader";

  /** VTOR of the core, and the bit of XPSR that says Thumb: Armv8-M ARM. */
  private static final String VECTOR_TABLE = "0xE000ED08";

  private static final String THUMB = "0x01000000";

  @Override
  public String program() {
    return "STM32_Programmer_CLI";
  }

  @Override
  public String source() {
    return "STM32CubeProgrammer or STM32CubeCLT from www.st.com; put its folder bin into PATH";
  }

  @Override
  public Optional<String> obstacle(FlashTarget target, List<FlashImage> images) {
    if (images.stream().noneMatch(FlashImage::isExternal)) {
      return Optional.empty();
    }
    if (target.loaders().isEmpty()) {
      return Optional.of("the board file names no external_loaders for its external flash");
    }
    return path.find(program()).isEmpty()
        ? Optional.empty()
        : target.loaders().stream()
            .filter(l -> !Files.isRegularFile(Path.of(loader(l))))
            .findFirst()
            .map(l -> "its loader " + loader(l) + " is missing");
  }

  /** In the folder beside the program; the bare name while there is no program. */
  private String loader(String name) {
    return path.find(program())
        .map(CubeProgrammer::real)
        .map(p -> p.resolveSibling(LOADERS).resolve(name).toString())
        .orElse(name);
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      return program.toAbsolutePath();
    }
  }

  @Override
  public List<String> identify(FlashTarget target) {
    return connect(target, Optional.empty());
  }

  private List<String> connect(FlashTarget target, Optional<String> serial) {
    List<String> command = new ArrayList<>(List.of(path.command(program()), "-c", "port=SWD"));
    serial.ifPresent(s -> command.add("sn=" + s));
    command.addAll(target.connect());
    return command;
  }

  @Override
  public Identity identity(String output) {
    return Identity.of(
        Identity.find("ST-LINK SN *: *(\\S+)", output),
        Identity.find("Board *: *(\\S.*)$", output),
        Identity.find("Device ID *: *(\\S+)", output));
  }

  @Override
  public List<String> write(FlashTarget target, Identity identity, FlashImage image) {
    List<String> command = connect(target, identity.serial());
    if (image.isLoaded()) {
      command.addAll(load(image));
      return command;
    }
    if (image.isExternal()) {
      addLoaders(target, command);
    }
    command.addAll(List.of("-w", image.fileName(), image.addressHex(), "-v"));
    if (!image.isExternal()) {
      command.add("-rst");
    }
    return command;
  }

  private void addLoaders(FlashTarget target, List<String> command) {
    target.loaders().forEach(l -> command.addAll(List.of("-el", loader(l))));
  }

  /**
   * Options that fill RAM and set the core on it: vector table, stack, first instruction. Its own
   * -s and -g reset an STM32N6, whose boot ROM then has the core, and whose RAM is empty.
   */
  private static List<String> load(FlashImage image) {
    return List.of(
        "-halt",
        "-w",
        image.fileName(),
        image.addressHex(),
        "-v",
        "-w32",
        VECTOR_TABLE,
        image.addressHex(),
        "-coreReg",
        "MSP=" + image.stackHex(),
        "PC=" + image.entryHex(),
        "XPSR=" + THUMB,
        "-run");
  }

  /**
   * A reset by the pin, as the button's: what ran before is gone, and the boot ROM waits for a
   * debugger. After a reset by software it has been seen to close access port 1.
   */
  @Override
  public Optional<List<String>> prepare(FlashTarget target, Identity identity, FlashImage image) {
    if (!image.isLoaded()) {
      return Optional.empty();
    }
    List<String> command = connect(target, identity.serial());
    command.add("-hardRst");
    return Optional.of(command);
  }

  @Override
  public List<String> readExternal(FlashTarget target, Identity identity, String address) {
    List<String> command = connect(target, identity.serial());
    addLoaders(target, command);
    command.addAll(List.of("-r32", address, "0x4"));
    return command;
  }

  @Override
  public String success() {
    return "Download verified successfully";
  }

  /** It has been seen to print an error, and in the end success and exit code 0. */
  @Override
  public boolean hasFailed(String output) {
    return Diagnosis.hasError(output);
  }

  @Override
  public Optional<List<String>> start(FlashTarget target, Identity identity) {
    return Optional.empty();
  }
}
