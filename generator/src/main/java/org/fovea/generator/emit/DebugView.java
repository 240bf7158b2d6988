package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.ChipLine;

/**
 * What an editor and gdb need for a project: one emulator, or the probes of silicon.
 *
 * @param emulators at most one
 */
public record DebugView(List<Emulator> emulators, List<Probe> probes) {
  private static final String GDB = "127.0.0.1:3333";

  /** The line of chips that have a Cortex-M4, too. */
  private static final String TWO_CORES = "h747";

  /**
   * QEMU, waiting for gdb before the first instruction.
   *
   * @param arguments as strings of JSON
   * @param line what a shell starts
   * @param gdb address and port at which it waits
   */
  public record Emulator(String program, String arguments, String line, String gdb) {}

  /**
   * A debug probe's server, named as cortex-debug documents it.
   *
   * @param configFiles of OpenOCD, as strings of JSON; empty for the others
   * @param script of the chip; empty when OpenOCD has none
   * @param svd ST's description of the chip's registers
   */
  public record Probe(
      String name,
      String server,
      String device,
      List<String> configFiles,
      String script,
      String svd,
      boolean first,
      String separator) {}

  static DebugView of(Target.Microcontroller target) {
    return new DebugView(
        target.emulator().isEmpty() ? List.of() : List.of(emulator(target.emulator())),
        target.silicon().map(DebugView::probes).orElse(List.of()));
  }

  private static Emulator emulator(List<String> command) {
    List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
    arguments.addAll(List.of("-serial", "pty", "-kernel", "build-debug/firmware.elf"));
    arguments.addAll(List.of("-gdb", "tcp:" + GDB, "-S"));
    return new Emulator(
        command.get(0),
        arguments.stream().map(DebugView::quoted).collect(Collectors.joining(", ")),
        command.get(0) + " " + String.join(" ", arguments),
        GDB);
  }

  private static List<Probe> probes(Board board) {
    Optional<String> script = ChipLine.of(board.soc()).flatMap(ChipLine::openocd);
    String soc = board.soc().replaceAll("[^A-Za-z0-9]", "");
    String chip = soc.substring(0, Math.min(soc.length(), "STM32H743".length()));
    // Chips with two cores are described and debugged core by core.
    boolean two = ChipLine.of(board.soc()).stream().anyMatch(l -> l.id().equals(TWO_CORES));
    String svd = chip + (two ? "_CM7" : "") + ".svd";
    List<Probe> probes = new ArrayList<>();
    probes.add(new Probe("ST-LINK", "stlink", soc, List.of(), script.orElse(""), svd, true, ","));
    script.ifPresent(
        s ->
            probes.add(
                new Probe(
                    "OpenOCD",
                    "openocd",
                    soc,
                    List.of(quoted("interface/stlink.cfg") + ", " + quoted(s)),
                    s,
                    svd,
                    false,
                    ",")));
    String jlink = soc + (two ? "_M7" : "");
    probes.add(new Probe("J-Link", "jlink", jlink, List.of(), "", svd, false, ""));
    return probes;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
