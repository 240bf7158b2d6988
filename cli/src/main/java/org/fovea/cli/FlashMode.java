package org.fovea.cli;

import java.util.List;
import org.fovea.host.flash.FlashImage;

/** Where a firmware goes, and what a person does at the board's boot pins before and after. */
enum FlashMode {
  /** Into the flash of a chip that starts from it. */
  FLASH,
  /** Into the RAM of a chip without flash, until power goes. */
  DEVELOPMENT,
  /** Signed, into external flash, from where boot ROM and boot loader copy it to RAM. */
  PERSISTENT;

  static FlashMode of(List<FlashImage> images, boolean persistent) {
    if (images.stream().noneMatch(FlashImage::isLoaded)) {
      return FLASH;
    }
    return persistent ? PERSISTENT : DEVELOPMENT;
  }

  /** A line each. */
  List<String> before() {
    return this == FLASH
        ? List.of()
        : List.of(
            "BOOT1 must be at 1 since power came, a jumper or switch at the board",
            "if it was not: unplug the board, set it, plug the board in, run this again");
  }

  List<String> after() {
    return switch (this) {
      case FLASH -> List.of();
      case DEVELOPMENT ->
          List.of(
              "it runs until power, the reset button or the watchdog takes it away: then run this again",
              "--persistent writes firmware that is there at power-on");
      case PERSISTENT ->
          List.of("to run it: unplug the board, set BOOT1 and BOOT0 to 0, plug the board in");
    };
  }
}
