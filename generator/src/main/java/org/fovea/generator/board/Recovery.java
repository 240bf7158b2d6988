package org.fovea.generator.board;

import org.fovea.generator.yaml.YamlFile;

/** The way back for a locked-out board: texts by family in {@code boards/recovery/}. */
public final class Recovery {
  private static final String DEVICE_ID = "DEVICE_ID";

  private Recovery() {}

  /** What a person does, step by step. */
  public static String steps(Board board) {
    if (board.emulation() instanceof Emulation.Machine) {
      return "An emulated board is never locked out: end it (Ctrl-C, or fovea's process) and start"
          + " it again with\nfovea run DIR photo.jpg.\n";
    }
    if (board.rtos().contains(Rtos.LINUX)) {
      return "Fovea's network is a Linux program here, so it cannot lock the board: end the program,"
          + " or restart the board.\nA board that does not boot Linux gets its SD card or flash"
          + " written anew by the distribution's tools\n(STM32CubeProgrammer over USB, boot switches"
          + " on 'USB').\n";
    }
    return ChipLine.of(board.soc())
        .map(line -> text(line.family()).replace(DEVICE_ID, "0x%03X".formatted(line.deviceId())))
        .orElse(
            "Fovea has no steps for an "
                + board.soc()
                + ": keep the firmware from starting with the chip's boot pins, power-cycle, and"
                + " connect under reset.\n");
  }

  /** What Fovea keeps its hands off. */
  public static String never() {
    return text("never");
  }

  private static String text(String name) {
    return YamlFile.bundled("boards/recovery/" + name + ".txt").text();
  }
}
