package org.fovea.host.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Engine;
import org.fovea.host.manifest.Memory;

/** What an engine's network keeps in external flash, apart from the firmware. */
public final class CompiledImages {
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
                Optional<byte[]> bytes =
                    path.startsWith(project.normalize()) ? read(path, file) : Optional.empty();
                if (bytes.isEmpty()) {
                  findings.add(notThatFile(path));
                } else if (!isExternalFlash(place.address(), file.bytes(), memory)) {
                  findings.add(noFlash(path, place.address()));
                } else {
                  images.add(image(images.size(), place.address(), bytes.get()));
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

  /** Empty when it is not the file that deployment.json knows by its hash. */
  private static Optional<byte[]> read(Path path, Engine.CompiledFile file) {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(path);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Optional.of(bytes).filter(b -> HexFormat.of().formatHex(hash).equals(file.sha256()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FlashImage image(int index, long address, byte[] file) {
    byte[] bytes = FlashImage.erased(file.length);
    System.arraycopy(file, 0, bytes, 0, file.length);
    String name = "network" + (index == 0 ? "" : index);
    return new FlashImage(name, address, bytes, FlashImage.Place.EXTERNAL, true);
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
