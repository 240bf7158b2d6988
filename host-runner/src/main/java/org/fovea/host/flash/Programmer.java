package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/** One tool that writes flash through a debug probe: its command lines and what it answers. */
public sealed interface Programmer permits CubeProgrammer, ProbeRs, OpenOcd, StFlash {

  /** Its executable, as the user types it. */
  String program();

  /** Where to get it. */
  String source();

  /** Why it cannot write these images to this board; empty when it can. */
  Optional<String> obstacle(FlashTarget target, List<FlashImage> images);

  /** Reaches the board and tells which one it is; writes nothing. */
  List<String> identify(FlashTarget target);

  Identity identity(String output);

  /** What must be done before an image is written; empty when nothing. */
  default Optional<List<String>> prepare(FlashTarget target, Identity identity, FlashImage image) {
    return Optional.empty();
  }

  /**
   * Reads the word at an address of external flash.
   *
   * @throws IllegalStateException of a tool whose {@link #obstacle} such images are
   */
  default List<String> readExternal(FlashTarget target, Identity identity, String address) {
    throw new IllegalStateException(program() + " reads no external flash");
  }

  /**
   * Writes and verifies one image, which lies in the working directory; what is loaded into RAM is
   * started as well.
   */
  List<String> write(FlashTarget target, Identity identity, FlashImage image);

  /** What a write prints at its end when all is well. */
  String success();

  /** Whether the output tells of a failure whatever the exit code says. */
  default boolean hasFailed(String output) {
    return false;
  }

  /** Starts the new firmware; empty when writing the last image did. */
  Optional<List<String>> start(FlashTarget target, Identity identity);

  /** All, the most capable first. */
  static List<Programmer> all(ToolPath path) {
    return List.of(
        new CubeProgrammer(path), new ProbeRs(path), new OpenOcd(path), new StFlash(path));
  }
}
