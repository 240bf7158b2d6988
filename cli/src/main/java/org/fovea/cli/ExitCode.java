package org.fovea.cli;

/** What the process says to the shell. Listed in {@code fovea help} and the README. */
enum ExitCode {
  OK(0, "done; for fit: it fits"),
  DIFFERENT(
      1,
      "done, and the answer is no: does not fit, board and PC differ, a test failed, worse than a"
          + " baseline"),
  USAGE(2, "the command line is wrong"),
  MODEL(3, "the model or its card is refused"),
  BOARD(4, "the board is unknown or its file is refused"),
  OUTPUT(5, "the output directory cannot be used"),
  TOOL(6, "a tool is missing: compiler, CMake, emulator, flash programmer"),
  BUILD(7, "the firmware did not build"),
  LINK(8, "the serial link failed or the device refused"),
  IMAGE(9, "an image, a dataset, a baseline or a manifest is refused"),
  INTERRUPTED(130, "stopped by Ctrl-C"),
  INTERNAL(70, "a defect of Fovea; please report the trace");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
