package org.fovea.generator.board;

/**
 * The serial port that reaches the user's PC.
 *
 * @param instance as the reference manual names it
 */
public record Uart(String instance, int baud, Wiring wiring) {

  /** Who connects the port to the outside. */
  public sealed interface Wiring {}

  /** Firmware selects these pins. */
  public record Pins(Pin tx, Pin rx) implements Wiring {}

  /** No pins: an emulated port with its registers at this address. */
  public record Registers(long base) implements Wiring {}

  /** Linux's device tree has done it. */
  public record DeviceTree() implements Wiring {}
}
