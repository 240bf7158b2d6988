package org.fovea.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Clocks;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.board.Uart;
import org.fovea.generator.board.Use;
import org.fovea.host.port.Port;

/** An STM32's firmware in the start-up simulation, as a line to talk to. */
final class SimulatedBoard implements Port {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SIMULATOR =
      Cli.ROOT.resolve("firmware-templates/tests/startup/simulate.py");
  private static final int END_SECONDS = 60;
  private static final Map<Supply.Kind, String> SUPPLIES =
      Map.of(
          Supply.Kind.LDO,
          "ldo",
          Supply.Kind.SMPS_DIRECT,
          "smps-direct",
          Supply.Kind.EXTERNAL,
          "external");

  private final Process process;
  private final Path errors;
  private final LinkedBlockingQueue<Byte> received = new LinkedBlockingQueue<>();

  private SimulatedBoard(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::pump, "simulated-board");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether the simulation's CPU emulator is installed. */
  static boolean isThere(Path folder) throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PYTHON))
        && new ProcessBuilder(PYTHON, "-c", "import unicorn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("unicorn.log").toFile())
                .start()
                .waitFor()
            == 0;
  }

  /** Resets a board of these facts with this firmware. */
  static SimulatedBoard start(Path elf, ObjectNode facts, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "board", ".json");
    Files.writeString(file, facts.toString());
    Path errors = Files.createTempFile(folder, "simulation", ".log");
    Process process =
        new ProcessBuilder(PYTHON, SIMULATOR.toString(), elf.toString(), file.toString())
            .redirectError(errors.toFile())
            .start();
    return new SimulatedBoard(process, errors);
  }

  /** What the silicon is, as the board file says. */
  static ObjectNode facts(Board board) {
    Startup startup = board.startup().orElseThrow();
    Uart.Pins pins = (Uart.Pins) board.uart().wiring();
    ObjectNode facts = JSON.createObjectNode();
    facts.put("device_id", startup.deviceId());
    facts.put("family", board.family());
    facts.put(
        "smps", startup instanceof Startup.Stm32h7 h7 && h7.converter() == Startup.Converter.SMPS);
    facts.put("supply", SUPPLIES.get(board.supply().kind()));
    facts.put("second_core", !board.placesFor(Use.SECOND_CORE).isEmpty());
    facts.put("hse_hertz", board.clocks().hseHertz());
    facts.put("hse_bypass", board.clocks().hseMode() == Clocks.HseMode.BYPASS);
    facts.put("hertz", board.cpu().defaultHertz());
    facts.put("uart", Integer.parseInt(board.uart().instance().replaceAll("[A-Z]", "")));
    facts.put("tx", pins.tx().toString());
    facts.put("rx", pins.rx().toString());
    facts.put("baud", board.uart().baud());
    startup.externalFlash().ifPresent(flash -> externalFlash(board, flash, facts));
    return facts;
  }

  /** Manufacturer, type and density of the chips: Micron's MT25T, Macronix' MX25LM and kin. */
  private static void externalFlash(Board board, Startup.ExternalFlash flash, ObjectNode facts) {
    boolean octal = flash.kind() != Startup.Interface.DUAL_QUADSPI;
    ObjectNode chips = facts.putObject(octal ? "octospi" : "quadspi");
    ArrayNode pins = chips.putArray("pins");
    flash.pins().forEach(pin -> pins.add(pin.toString()));
    int[] id = octal ? new int[] {0xc2, 0x85, 0x3a} : new int[] {0x20, 0xba, 0x20};
    ArrayNode bytes = chips.putArray("id");
    Arrays.stream(id).forEach(bytes::add);
    chips.put("most_hertz", 133_000_000);
    chips.put("millivolts", flash.millivolts());
    long size = board.region(flash.region()).orElseThrow().bytes();
    chips.put("log2_bytes", 63 - Long.numberOfLeadingZeros(size));
  }

  private void pump() {
    try {
      for (int b = process.getInputStream().read(); b >= 0; b = process.getInputStream().read()) {
        received.add((byte) b);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    try {
      Byte first = received.poll(timeoutMs, TimeUnit.MILLISECONDS);
      int count = 0;
      for (Byte b = first; b != null; b = count < buffer.length ? received.poll() : null) {
        buffer[count++] = b;
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(byte[] bytes) {
    try {
      process.getOutputStream().write(bytes);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("the simulation ended: " + found(), e);
    }
  }

  /** Ends the input, and with it the simulation: what it found wrong. */
  String said() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found();
  }

  private String found() {
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
      return Files.readString(errors).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything the firmware sent, as text, when the simulation is over. */
  String sent() {
    said();
    StringBuilder text = new StringBuilder();
    byte[] one = new byte[1];
    while (read(one, 100) == 1) {
      text.append(new String(one, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  int exitCode() {
    said();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
