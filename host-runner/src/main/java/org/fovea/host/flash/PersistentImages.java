package org.fovea.host.flash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.flash.FlashImage.Place;
import org.fovea.host.manifest.Memory;

/**
 * Firmware of a chip without flash, as it lies in external flash to be there at power-on: ST's
 * first-stage boot loader, the signed firmware one MiB behind it, the weights. Offsets: RM0486, and
 * Template_FSBL_LRUN of STM32CubeN6.
 */
public final class PersistentImages {
  private static final long APPLICATION = 0x100000;
  private static final long MAX_BOOT_LOADER = APPLICATION;

  private PersistentImages() {}

  /**
   * Signs what a debugger would load.
   *
   * @param images with one that is loaded
   * @param bootLoader the user's own, signed; empty when the board has one
   * @throws ManifestRejected when images overlap, or the boot loader is none
   */
  public static FlashPlan of(
      List<FlashImage> images, Memory memory, Optional<Path> bootLoader, SigningTool tool) {
    return planned(images, memory, bootLoader, tool.sign(loaded(images)));
  }

  /** The same places and sizes, not signed: for command lines that are only shown. */
  public static FlashPlan unsigned(
      List<FlashImage> images, Memory memory, Optional<Path> bootLoader) {
    return planned(images, memory, bootLoader, loaded(images).bytes());
  }

  /** The image that a debugger would load. */
  public static FlashImage loaded(List<FlashImage> images) {
    return images.stream().filter(FlashImage::isLoaded).findFirst().orElseThrow();
  }

  private static FlashPlan planned(
      List<FlashImage> images, Memory memory, Optional<Path> file, byte[] application) {
    long base =
        memory.regions().stream()
            .filter(r -> r.kind() == Memory.Kind.EXTERNAL_FLASH)
            .mapToLong(Memory.Region::base)
            .findFirst()
            .orElseThrow(PersistentImages::noFlash);
    List<FlashImage> all = new ArrayList<>();
    images.stream().filter(FlashImage::isExternal).forEach(all::add);
    file.ifPresent(
        f -> all.add(new FlashImage("boot_loader", base, read(f), Place.EXTERNAL, false)));
    all.add(new FlashImage("application", base + APPLICATION, application, Place.EXTERNAL, false));
    checkApart(all);
    return new FlashPlan(
        all,
        file.isPresent()
            ? Optional.empty()
            : Optional.of(new BootLoader(base, application.length)));
  }

  private static void checkApart(List<FlashImage> images) {
    List<FlashImage> byAddress =
        images.stream().sorted(Comparator.comparingLong(FlashImage::address)).toList();
    for (int i = 1; i < byAddress.size(); i++) {
      FlashImage before = byAddress.get(i - 1);
      if (before.end() > byAddress.get(i).address()) {
        throw new ManifestRejected(
            before.region(),
            "ends at " + FlashImage.hex(before.end()) + ", in " + byAddress.get(i).region(),
            "One would overwrite the other in external flash",
            "Make reserved_start of that flash greater in the board file, and generate again");
      }
    }
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > MAX_BOOT_LOADER) {
        throw rejected(file, "is greater than the MiB before the firmware");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < Integer.BYTES
          || ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() != BootLoader.MAGIC) {
        throw rejected(file, "does not begin with the header that the boot ROM looks for");
      }
      return bytes;
    } catch (IOException e) {
      throw rejected(file, "cannot be read: " + e.getMessage());
    }
  }

  private static ManifestRejected rejected(Path file, String what) {
    return new ManifestRejected(
        file.toString(),
        what,
        "The boot ROM starts nothing else",
        "Give the signed binary file: STM32_SigningTool_CLI -bin FSBL.bin -nk -of 0x80000000 -t"
            + " fsbl -hv 2.3 -align -o FILE; of a .hex file: arm-none-eabi-objcopy -I ihex -O"
            + " binary");
  }

  private static ManifestRejected noFlash() {
    return new ManifestRejected(
        "deployment.json",
        "names no external flash",
        "Firmware that stays needs a memory that keeps it",
        "Name the flash in the board file, and generate again");
  }
}
