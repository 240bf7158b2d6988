package org.fovea.generator.ioc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.ChipLine;
import org.fovea.generator.board.Pin;
import org.fovea.generator.board.Uart;
import org.fovea.generator.board.UartPins;

/** Reads the serial port that reaches the PC. */
final class IocUart {
  private static final Pattern KEY =
      Pattern.compile("(P[A-Q](?:1[0-5]|[0-9]))(?![0-9_]).*\\.Signal");
  private static final Pattern SIGNAL = Pattern.compile("((?:LP)?US?ART[0-9]{1,2})_(TX|RX)");
  private static final int LEAST_BAUD = 9600;
  private static final int MOST_BAUD = 12_000_000;
  private static final String CHOOSE = "name one: --uart ";

  /** A pin that has a port's signal. */
  private record Wire(String pin, String key, int line) {}

  private final IocFile ioc;
  private final Board base;
  private final ChipLine line;
  private final IocFindings findings;
  private final Remarks remarks;

  IocUart(IocFile ioc, Board base, ChipLine line, IocFindings findings, Remarks remarks) {
    this.ioc = ioc;
    this.base = base;
    this.line = line;
    this.findings = findings;
    this.remarks = remarks;
  }

  /** The port of that name, or the only one; empty with a finding. */
  Optional<Taken<Uart>> read(Optional<String> wanted) {
    SortedMap<String, Wire> wires = wires();
    List<String> ports =
        wires.keySet().stream()
            .filter(s -> s.endsWith("_TX") && !s.startsWith("LP"))
            .map(s -> s.substring(0, s.length() - "_TX".length()))
            .filter(port -> wires.containsKey(port + "_RX"))
            .toList();
    if (wanted.isPresent() ? ports.contains(wanted.get()) : ports.size() == 1) {
      return port(wanted.orElseGet(() -> ports.get(0)), wires);
    }
    findings.add(
        wires.values().stream().mapToInt(Wire::line).min().orElse(1),
        (wanted.isPresent()
                ? wanted.get() + " has no pins for both TX and RX"
                : ports.isEmpty() ? "no USART or UART with TX and RX" : "several serial ports")
            + listing(wires),
        "pictures and results go over one serial port with both directions",
        ports.isEmpty()
            ? "give one pins in STM32CubeMX, or leave out --ioc and write uart by hand"
            : CHOOSE + String.join(" or " + CHOOSE.substring(CHOOSE.indexOf('-')), ports));
    return Optional.empty();
  }

  private SortedMap<String, Wire> wires() {
    SortedMap<String, Wire> wires = new TreeMap<>();
    for (Map.Entry<String, IocFile.Entry> e : ioc.entries().entrySet()) {
      Matcher key = KEY.matcher(e.getKey());
      String signal = e.getValue().value();
      if (key.matches() && SIGNAL.matcher(signal).matches()) {
        wires.putIfAbsent(signal, new Wire(key.group(1), e.getKey(), e.getValue().line()));
      }
    }
    return wires;
  }

  private static String listing(SortedMap<String, Wire> wires) {
    return wires.isEmpty()
        ? ""
        : wires.entrySet().stream()
            .map(
                w ->
                    w.getKey()
                        + " on "
                        + w.getValue().pin()
                        + " (line "
                        + w.getValue().line()
                        + ")")
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private Optional<Taken<Uart>> port(String port, SortedMap<String, Wire> wires) {
    Wire tx = wires.get(port + "_TX");
    Wire rx = wires.get(port + "_RX");
    Optional<Pin> txPin = pin(port + "_TX", tx);
    Optional<Pin> rxPin = pin(port + "_RX", rx);
    Optional<Integer> baud = baud(port);
    if (txPin.isEmpty() || rxPin.isEmpty() || baud.isEmpty()) {
      return Optional.empty();
    }
    String keys = tx.key() + ", " + rx.key();
    return Optional.of(
        new Taken<>(
            new Uart(port, baud.get(), new Uart.Pins(txPin.get(), rxPin.get())),
            ioc.entry(port + ".BaudRate").isPresent() ? keys + ", " + port + ".BaudRate" : keys,
            tx.line()));
  }

  /** With the alternate function, which a project does not tell. */
  private Optional<Pin> pin(String signal, Wire wire) {
    Optional<Pin> pin =
        ofBase(signal, wire.pin()).or(() -> UartPins.find(line, signal, wire.pin()));
    if (pin.isEmpty()) {
      findings.add(
          wire.line(),
          signal + " on " + wire.pin(),
          "Fovea knows no alternate function of that pin with this signal, and a wrong one would"
              + " drive the pin for something else",
          "leave out --ioc and write uart by hand, with the function from the data sheet");
    }
    return pin;
  }

  private Optional<Pin> ofBase(String signal, String pin) {
    if (base.uart().wiring() instanceof Uart.Pins pins) {
      Pin known = signal.endsWith("_TX") ? pins.tx() : pins.rx();
      if (signal.startsWith(base.uart().instance() + "_") && known.name().equals(pin)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** CubeMX leaves a rate out that nobody changed; then Fovea's own for the known board. */
  private Optional<Integer> baud(String port) {
    Optional<IocFile.Entry> said = ioc.entry(port + ".BaudRate");
    if (said.isEmpty()) {
      if (!port.equals(base.uart().instance())) {
        remarks.add(
            "no %s.BaudRate: %d baud as on the known board; the wire to your PC must carry it"
                .formatted(port, base.uart().baud()));
      }
      return Optional.of(base.uart().baud());
    }
    OptionalLong baud = IocOscillator.number(said.get().value());
    if (baud.isPresent() && baud.getAsLong() >= LEAST_BAUD && baud.getAsLong() <= MOST_BAUD) {
      return Optional.of((int) baud.getAsLong());
    }
    findings.add(
        said.get().line(),
        port + ".BaudRate is " + IocFindings.quote(said.get().value()),
        "Fovea's link runs at " + LEAST_BAUD + " to " + MOST_BAUD + " baud",
        "correct it in STM32CubeMX");
    return Optional.empty();
  }
}
