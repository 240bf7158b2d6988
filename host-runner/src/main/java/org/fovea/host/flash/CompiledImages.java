package org.fovea.host.flash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Engine;
import org.fovea.host.manifest.Memory;

/** What an engine's network keeps in external flash, apart from the firmware. */
public final class CompiledImages {
  private static final int PADDING = 32;
  private static final byte ERASED = (byte) 0xff;

  private CompiledImages() {}

  /**
   * An image for each file that has a place.
   *
   * @throws ManifestRejected with every file that is not the one that the project was made with, or
   *     has its place in no external flash
   */
  public static List<FlashImage> of(Path project, Engine engine, Memory memory) {
    List<FlashImage> images = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Engine.CompiledFile file : engine.files()) {
      file.place()
          .ifPresent(
              place -> {
                Path path = project.resolve(place.path()).normalize();
                if (!path.startsWith(project.normalize()) || !isThatFile(path, file)) {
                  findings.add(notThatFile(path));
                } else if (!isExternalFlash(place.address(), file.bytes(), memory)) {
                  findings.add(noFlash(path, place.address()));
                } else {
                  images.add(image(images.size(), place.address(), path));
                }
              });
    }
    if (!findings.isEmpty()) {
      throw new ManifestRejected(findings);
    }
    return images;
  }

  private static boolean isExternalFlash(long address, long bytes, Memory memory) {
    return memory.regions().stream()
        .filter(r -> r.kind() == Memory.Kind.EXTERNAL_FLASH)
        .anyMatch(r -> address >= r.base() && address + bytes <= r.base() + r.bytes());
  }

  private static boolean isThatFile(Path path, Engine.CompiledFile file) {
    try {
      return Files.isRegularFile(path)
          && Files.size(path) == file.bytes()
          && HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)))
              .equals(file.sha256());
    } catch (IOException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FlashImage image(int index, long address, Path path) {
    try {
      byte[] file = Files.readAllBytes(path);
      byte[] bytes = Arrays.copyOf(file, (file.length + PADDING - 1) / PADDING * PADDING);
      Arrays.fill(bytes, file.length, bytes.length, ERASED);
      String name = "network" + (index == 0 ? "" : index);
      return new FlashImage(name, address, bytes, FlashImage.Place.EXTERNAL, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Finding notThatFile(Path path) {
    return new Finding(
        path.toString(),
        "is missing, or is not the file that the project was generated with",
        "deployment.json has its hash, and the firmware refuses other weights",
        "generate the project again");
  }

  private static Finding noFlash(Path path, long address) {
    return new Finding(
        path.toString(),
        "has its place at " + FlashImage.hex(address) + ", in no external flash of the project",
        "deployment.json says where it must lie",
        "generate the project again");
  }
}
