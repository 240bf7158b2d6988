package org.fovea.generator.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** What GNU ld's map file says: the memories, and line by line what went where. */
record MapFile(List<Memory> memories, List<Output> outputs) {
  /** Bytes. The map of a project is some 100 KiB. */
  static final int MAX_BYTES = 32 << 20;

  MapFile {
    memories = List.copyOf(memories);
    outputs = List.copyOf(outputs);
  }

  /** A line of the memory configuration. */
  record Memory(String name, long origin, long length) {
    long end() {
      return origin + length;
    }

    boolean holds(long address) {
      return address >= origin && address < end();
    }
  }

  /**
   * An output section.
   *
   * @param loadAddress where its bytes are stored, when that is elsewhere
   */
  record Output(
      String name, long address, long bytes, Optional<Long> loadAddress, List<Input> inputs) {
    Output {
      inputs = List.copyOf(inputs);
    }
  }

  /** What one object file gave to it. */
  record Input(String section, long address, long bytes, String object) {}

  /**
   * Reads a map file.
   *
   * @throws UserFault.BuildFailed when it is missing, too large, or no map file of GNU ld
   */
  static MapFile read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw bad(file, "is larger than " + (MAX_BYTES >> 20) + " MiB", "no map file is");
      }
      MapFile map = MapReader.read(new String(bytes, StandardCharsets.ISO_8859_1));
      if (map.memories().isEmpty() || map.outputs().isEmpty()) {
        throw bad(file, "is no whole map file", "it lacks its memories or its sections");
      }
      return map;
    } catch (IOException e) {
      throw bad(file, "cannot be read", e.getClass().getSimpleName());
    }
  }

  private static UserFault bad(Path file, String what, String why) {
    return new UserFault.BuildFailed(
        List.of(
            new Finding(
                file.toString(),
                what,
                why,
                "remove the folder " + folder(file) + " and build again")));
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** The memory at an address. */
  Optional<Memory> memoryAt(long address) {
    return memories.stream().filter(m -> m.holds(address)).findFirst();
  }

  Optional<Output> output(String name) {
    return outputs.stream().filter(o -> o.name().equals(name)).findFirst();
  }
}
