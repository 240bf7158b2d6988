package org.fovea.host.flash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.fault.ProgrammerMissing;

/**
 * STM32_SigningTool_CLI of STM32CubeProgrammer: puts the header before firmware that boot loaders
 * look for. Without a key (-nk): the header says "not authenticated", and no fuse is concerned.
 */
public final class SigningTool {
  private static final String PROGRAM = "STM32_SigningTool_CLI";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern VERSION = Pattern.compile("v([0-9]{1,4})\\.([0-9]{1,4})");

  /** From this release on padding must be asked for. Zephyr issue 99456. */
  private static final int PADS_WHEN_ASKED = 2 << 16 | 21;

  /** Where the firmware begins behind its header; it is linked that far into its RAM. RM0486. */
  private static final int HEADER = 0x400;

  private final ToolPath path;
  private final Path folder;
  private final Flashing.Watcher watcher;

  /**
   * @param project a built project; its folder {@code build/flash} takes the files
   */
  public SigningTool(ToolPath path, Path project, Flashing.Watcher watcher) {
    this.path = path;
    this.folder = Flashing.folderOf(project);
    this.watcher = watcher;
  }

  /**
   * Signs an image.
   *
   * @throws ProgrammerMissing without the tool
   * @throws LinkFailed when it fails, or makes what no boot loader would start
   */
  byte[] sign(FlashImage image) {
    if (path.find(PROGRAM).isEmpty()) {
      throw new ProgrammerMissing(
          PROGRAM,
          "is not in PATH",
          "A boot loader starts no firmware without the header that it makes",
          "It comes with STM32CubeProgrammer or STM32CubeCLT from www.st.com: put its folder bin"
              + " into PATH");
    }
    ToolRunner runner = new ToolRunner(PROGRAM, folder, watcher);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(image.fileName()), image.bytes());
      Files.deleteIfExists(folder.resolve(output(image)));
      String version = runner.run(asksVersion(), LIMIT, o -> true).output();
      runner.run(signs(image, mustAsk(version)), LIMIT, o -> !Diagnosis.hasError(o));
      return checked(image, Files.readAllBytes(folder.resolve(output(image))));
    } catch (IOException e) {
      throw new LinkFailed(
          PROGRAM,
          "left no signed image: " + e.getMessage(),
          "Nothing was written to the board",
          "Make " + folder + " writable; read what the tool said above");
    }
  }

  /** The command lines of a run, as of a release that must be asked for padding. */
  public List<List<String>> commands(FlashImage image) {
    return List.of(asksVersion(), signs(image, true));
  }

  private List<String> asksVersion() {
    return List.of(path.command(PROGRAM), "--version");
  }

  private List<String> signs(FlashImage image, boolean align) {
    List<String> command =
        new ArrayList<>(
            List.of(
                path.command(PROGRAM),
                "-bin",
                image.fileName(),
                "-nk",
                "-of",
                "0x80000000",
                "-t",
                "ssbl",
                "-hv",
                "2.3"));
    if (align) {
      command.add("-align");
    }
    command.addAll(List.of("-s", "-o", output(image)));
    return command;
  }

  private static String output(FlashImage image) {
    return image.region() + "-signed.bin";
  }

  private static boolean mustAsk(String output) {
    Matcher version = VERSION.matcher(output);
    if (!version.find()) {
      throw new LinkFailed(
          PROGRAM,
          "does not say its version",
          "It decides where the firmware comes to lie behind its header",
          "Update STM32CubeProgrammer");
    }
    int release = Integer.parseInt(version.group(1)) << 16 | Integer.parseInt(version.group(2));
    return release >= PADS_WHEN_ASKED;
  }

  /** A header is believed when the firmware lies behind it where boot loaders jump to. */
  private static byte[] checked(FlashImage image, byte[] signed) {
    byte[] bytes = image.bytes();
    boolean good =
        signed.length >= HEADER + bytes.length
            && ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN).getInt() == BootLoader.MAGIC
            && Arrays.equals(signed, HEADER, HEADER + bytes.length, bytes, 0, bytes.length);
    if (!good) {
      throw new LinkFailed(
          PROGRAM,
          "made an image whose firmware does not begin at 0x400, behind a header",
          "Nothing was written: a boot loader would jump elsewhere",
          "Update STM32CubeProgrammer to 2.21 or later");
    }
    return signed;
  }
}
