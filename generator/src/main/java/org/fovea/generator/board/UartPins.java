package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;

/** Alternate functions of serial ports' pins ({@code boards/uart-pins.csv}). */
public final class UartPins {
  private record Row(List<String> lines, String signal, List<Pin> pins) {}

  private static final List<Row> ROWS =
      Table.rows("uart-pins", 3).stream().map(UartPins::row).toList();

  private UartPins() {}

  /**
   * The pin with its alternate function; empty when it does not have the signal, or nobody knows.
   *
   * @param signal such as {@code USART3_TX}
   * @param pin such as {@code PD8}
   */
  public static Optional<Pin> find(ChipLine line, String signal, String pin) {
    return ROWS.stream()
        .filter(r -> r.lines().contains(line.id()) && r.signal().equals(signal))
        .flatMap(r -> r.pins().stream())
        .filter(p -> p.name().equals(pin))
        .findFirst();
  }

  private static Row row(String[] f) {
    List<Pin> pins = List.of(f[2].split(" (?=P)", -1)).stream().map(Pin::parse).toList();
    return new Row(List.of(f[0].split(" ", -1)), f[1], pins);
  }
}
