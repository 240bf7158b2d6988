package org.fovea.host.flash;

import java.util.List;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.Finding;

/**
 * ST's first-stage boot loader in the external flash of an STM32N6, which the boot ROM starts and
 * which copies the firmware into RAM. It is ST's, so the user builds and signs it.
 *
 * @param address where the boot ROM looks for it
 * @param copied bytes that it must copy: the firmware with its header
 */
public record BootLoader(long address, int copied) {
  /** First word of an image that the boot ROM takes, "STM2" in memory. RM0486, boot modes. */
  static final int MAGIC = 0x324D5453;

  String addressHex() {
    return FlashImage.hex(address);
  }

  /**
   * Looks at the word that the board holds there.
   *
   * @param output what a tool printed that read it
   * @throws DeviceRefused when it is none that the boot ROM would start
   */
  void check(String output) {
    String word = Identity.find("^" + addressHex() + " *: *([0-9A-Fa-f]{8})\\b", output);
    if (word.isEmpty() || Integer.parseUnsignedInt(word, 16) != MAGIC) {
      throw new DeviceRefused(
          List.of(
              new Finding(
                  "boot loader at " + addressHex(),
                  word.isEmpty() ? "cannot be read" : "is not there: the first word is 0x" + word,
                  "Nothing was written: without it the boot ROM starts no firmware",
                  remedy())));
    }
  }

  /** What a user does who has none. */
  String remedy() {
    return "Add --fsbl FILE: Template_FSBL_LRUN of STM32CubeN6, built with NO_OTP_FUSE defined"
        + " (else it burns fuses) and EXTMEM_LRUN_SOURCE_SIZE of at least "
        + copied
        + ", signed with STM32_SigningTool_CLI -nk -of 0x80000000 -t fsbl -hv 2.3 -align";
  }
}
