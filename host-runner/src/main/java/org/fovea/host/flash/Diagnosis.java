package org.fovea.host.flash;

import java.util.List;
import java.util.regex.Pattern;
import org.fovea.host.fault.LinkFailed;

/** From what a tool printed to what a person can do. */
record Diagnosis(String what, String why, String remedy) {
  private record Case(Pattern sign, Diagnosis diagnosis) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              sign(
                  "no debug probe detected|no st-?link detected|no connected probes were found"
                      + "|no debug probes were found|error: open failed"
                      + "|couldn't find any st-link|found 0 stlink"),
              new Diagnosis(
                  "finds no debug probe",
                  "Nothing can be written without one",
                  "Plug in the board's ST-LINK connector; end other programs that hold it; on"
                      + " Linux your user needs the tool's udev rules")),
          new Case(
              sign("external loader .* cannot be loaded|flash loader cannot be loaded"),
              new Diagnosis(
                  "cannot load its external loader",
                  "External flash is written through a program in the chip's RAM",
                  "Update STM32CubeProgrammer; compare external_loaders in the board file")),
          new Case(
              sign(
                  "no stm32 target found|unable to get core id|failed to enter swd mode"
                      + "|dev_target_cmd_err|dev_connect_err|devid = 0x0000|init mode failed"
                      + "|failed to connect to target|cannot identify the device"),
              new Diagnosis(
                  "reaches the debug probe, but not the chip behind it",
                  "The chip is without power, held, or locked out",
                  "Check power and jumpers; fovea recover BOARD says the way back")),
          new Case(
              sign(
                  "data mismatch|verification failed|verify failed|contents differ"
                      + "|checksum mismatch"),
              new Diagnosis(
                  "wrote, and read back something else",
                  "The memory does not hold the firmware, so the board must not be relied on",
                  "Run it again with --weights always; a flash that fails twice is worn, write"
                      + " protected, or not the one of the board file; where it was RAM, unplug"
                      + " the board first, and plug it in with BOOT1 at 1")));

  private static Pattern sign(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  private static final Pattern ERROR =
      Pattern.compile("(?im)^\\W*(?:\\d\\d:\\d\\d:\\d\\d\\S* : )?error\\b.*$");

  /** Whether a line begins with the word error. */
  static boolean hasError(String output) {
    return ERROR.matcher(output).find();
  }

  /** What a run that went wrong says of itself. */
  static LinkFailed of(String program, ToolRun run) {
    for (Case c : CASES) {
      if (c.sign().matcher(run.output()).find()) {
        Diagnosis d = c.diagnosis();
        return new LinkFailed(program, d.what() + words(run), d.why(), d.remedy());
      }
    }
    return new LinkFailed(
        program,
        run.exitCode() < 0
            ? "was stopped after its time"
            : "ended with code " + run.exitCode() + " and without its word of success" + words(run),
        "The board may hold half a firmware",
        "Read what it said above, and run it again; fovea recover BOARD when the board is silent");
  }

  /** The tool's own words: its first error, or its last line. */
  private static String words(ToolRun run) {
    List<String> lines = run.output().lines().toList();
    return ERROR
        .matcher(run.output())
        .results()
        .findFirst()
        .map(r -> ": " + r.group().strip())
        .orElse(lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1));
  }
}
