package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/**
 * What programming tools must know of a board.
 *
 * @param id for messages
 * @param name as the board's own debug probe reports it
 * @param soc part number
 * @param family of its port
 * @param deviceId lower 12 bits of the chip's identity register
 * @param identityAddress of that register
 * @param connect arguments with which STM32_Programmer_CLI connects
 * @param openocd OpenOCD's script of the chip, empty without one
 * @param loaders file names of ST's loaders for the external flash
 */
public record FlashTarget(
    String id,
    String name,
    String soc,
    String family,
    int deviceId,
    long identityAddress,
    List<String> connect,
    Optional<String> openocd,
    List<String> loaders) {
  public FlashTarget {
    connect = List.copyOf(connect);
    loaders = List.copyOf(loaders);
  }

  String identityHex() {
    return "0x%08X".formatted(identityAddress);
  }
}
