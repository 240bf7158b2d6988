package org.fovea.host.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A programming tool that only talks: it notes its command line, prints what the real one prints,
 * and ends with a code. One text for a run that writes, one for any other.
 */
public final class FakeTool {
  /** As STM32CubeProgrammer 2.x prints; the numbers are invented. */
  public static final String CONNECTED =
      """
            -------------------------------------------------------------------
                             STM32CubeProgrammer v2.17.0
            -------------------------------------------------------------------

      ST-LINK SN  : 0012003A3431511237363934
      ST-LINK FW  : V3J15M6
      Board       : STM32H750B-DK
      Voltage     : 3,28V
      SWD freq    : 24000 KHz
      Connect mode: Under Reset
      Reset mode  : Hardware reset
      Device ID   : 0x450
      Revision ID : Rev V
      Device name : STM32H7xx
      Flash size  : 128 KBytes
      Device type : MCU
      Device CPU  : Cortex-M7
      BL Version  : 0x91
      """;

  public static final String WRITTEN =
      CONNECTED
          + """
          Memory Programming ...
            File          : qspi_flash.bin
            Size          : 64.00 B
            Address       : 0x90000000
          Erasing memory corresponding to segment 0:
          Download in Progress:
          \u2588\u2588\u2588\u2588\u2588\u2588 50%\r\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588 100%
          File download complete
          Time elapsed during download operation: 00:00:00.199
          Verifying ...
          Download verified successfully
          """;

  private final Path folder;
  private final String program;

  private FakeTool(Path folder, String program) {
    this.folder = folder;
    this.program = program;
  }

  public static FakeTool make(Path folder, String program, String other, String writing)
      throws IOException {
    FakeTool tool = new FakeTool(folder, program);
    Files.createDirectories(folder);
    tool.says(other, writing);
    tool.endsWith("exit 0");
    return tool;
  }

  public static FakeTool cube(Path folder) throws IOException {
    FakeTool tool = make(folder, "STM32_Programmer_CLI", CONNECTED, WRITTEN);
    Path loaders = Files.createDirectories(folder.resolve("ExternalLoader"));
    Files.writeString(loaders.resolve("MT25TL01G_STM32H750B-DISCO.stldr"), "loader");
    return tool;
  }

  public void says(String other, String writing) throws IOException {
    Files.writeString(folder.resolve(program + ".other"), other);
    Files.writeString(folder.resolve(program + ".writing"), writing);
  }

  /** Shell words that a run which writes ends with. */
  public void endsWith(String end) throws IOException {
    Path script = folder.resolve(program);
    Files.writeString(
        script,
        """
        #!/bin/sh
        here='%s'
        echo "$*" >> "$here/%s.calls"
        case " $* " in
        *" -w "*|*" download "*|*"program "*|*" write "*) while read -r l || [ -n "$l" ]; do echo "$l"; done < "$here/%s.writing"; %s ;;
        *) while read -r l || [ -n "$l" ]; do echo "$l"; done < "$here/%s.other" ;;
        esac
        """
            .formatted(folder, program, program, end, program));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
  }

  /** The command lines until now, and forgets them. */
  public List<String> calls() throws IOException {
    Path calls = folder.resolve(program + ".calls");
    List<String> lines = Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    Files.deleteIfExists(calls);
    return lines;
  }
}
