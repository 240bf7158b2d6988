package org.fovea.host.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSegment;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Memory;

/** What a linked firmware puts into each flash memory. */
public final class FlashImages {
  /** Of the ELF specification: PT_LOAD, SHF_ALLOC, SHT_NOBITS, EM_ARM. */
  private static final int LOAD = 1;

  private static final long ALLOCATED = 2;
  private static final int EMPTY = 8;
  private static final int ARM = 40;

  private static final String WEIGHTS = ".fv_weights";
  private static final long MAX_FILE = 512L << 20;
  private static final int PADDING = 32;
  private static final byte ERASED = (byte) 0xff;

  /** Bytes of a section at the address where they are stored. */
  private record Part(String section, long address, Bytes bytes) {
    long end() {
      return address + bytes.length();
    }
  }

  private FlashImages() {}

  /**
   * External memories first, so that the firmware starts when all is there.
   *
   * @throws ManifestRejected when it is no firmware, or wants to be stored outside flash
   */
  public static List<FlashImage> of(Path elf, Memory memory) {
    List<Part> homeless = new ArrayList<>();
    Map<Memory.Region, List<Part>> byRegion = new LinkedHashMap<>();
    for (Part part : parts(elf)) {
      Optional<Memory.Region> region = flashOf(part, memory);
      if (region.isPresent()) {
        byRegion.computeIfAbsent(region.get(), r -> new ArrayList<>()).add(part);
      } else {
        homeless.add(part);
      }
    }
    if (!homeless.isEmpty()) {
      throw new ManifestRejected(List.of(inRam(elf, homeless)));
    }
    if (byRegion.isEmpty()) {
      throw broken(elf, "holds nothing to store");
    }
    return byRegion.entrySet().stream()
        .map(e -> image(elf, e.getKey(), e.getValue()))
        .sorted(Comparator.comparing((FlashImage i) -> !i.isExternal()))
        .toList();
  }

  private static Finding inRam(Path elf, List<Part> parts) {
    return new Finding(
        elf + " " + parts.stream().map(Part::section).collect(Collectors.joining(", ")),
        "stored from 0x%08X, in no flash memory".formatted(parts.get(0).address()),
        "What is in RAM is gone when the board is switched off",
        "Load it with a debugger: the project's README.md has the commands, and those that write"
            + " weights into external flash");
  }

  /**
   * Whether a hash lies in one of the images, as a firmware has that of its manifest's layout.
   *
   * @param sha256 64 hex digits
   */
  public static boolean contain(List<FlashImage> images, String sha256) {
    String wanted = new String(HexFormat.of().parseHex(sha256), StandardCharsets.ISO_8859_1);
    return images.stream()
        .anyMatch(i -> new String(i.bytes(), StandardCharsets.ISO_8859_1).contains(wanted));
  }

  private static FlashImage image(Path elf, Memory.Region region, List<Part> parts) {
    long start = parts.stream().mapToLong(Part::address).min().orElseThrow();
    long end = parts.stream().mapToLong(Part::end).max().orElseThrow();
    if (end - start > MAX_FILE) {
      throw broken(elf, "has sections too far apart in " + region.name());
    }
    byte[] bytes = new byte[(int) ((end - start + PADDING - 1) / PADDING * PADDING)];
    Arrays.fill(bytes, ERASED);
    for (Part part : parts) {
      System.arraycopy(
          part.bytes().toArray(), 0, bytes, (int) (part.address() - start), part.bytes().length());
    }
    return new FlashImage(
        region.name(),
        start,
        bytes,
        region.kind() == Memory.Kind.EXTERNAL_FLASH,
        parts.stream().allMatch(p -> p.section().startsWith(WEIGHTS)));
  }

  private static Optional<Memory.Region> flashOf(Part part, Memory memory) {
    return memory.regions().stream()
        .filter(r -> r.kind() == Memory.Kind.FLASH || r.kind() == Memory.Kind.EXTERNAL_FLASH)
        .filter(r -> part.address() >= r.base())
        .filter(r -> part.end() <= r.base() + r.bytes())
        .findFirst();
  }

  private static List<Part> parts(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
        throw broken(file, "is missing or larger than any firmware");
      }
      ElfFile elf = ElfFile.from(file.toFile());
      if (elf.e_machine != ARM || !elf.is32Bits()) {
        throw broken(file, "is not for an Arm microcontroller");
      }
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < elf.e_shnum; i++) {
        ElfSection s = elf.getSection(i);
        if ((s.header.sh_flags & ALLOCATED) != 0
            && s.header.sh_type != EMPTY
            && s.header.sh_size > 0) {
          parts.add(new Part(s.header.getName(), loadAddress(elf, s), Bytes.of(s.getData())));
        }
      }
      return parts;
    } catch (IOException
        | ElfException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw broken(file, "cannot be read as ELF: " + e.getMessage());
    }
  }

  private static long loadAddress(ElfFile elf, ElfSection section) {
    for (int i = 0; i < elf.e_phnum; i++) {
      ElfSegment segment = elf.getProgramHeader(i);
      long inside = section.header.sh_offset - segment.p_offset;
      if (segment.p_type == LOAD && inside >= 0 && inside < segment.p_filesz) {
        return (segment.p_paddr & 0xffff_ffffL) + inside;
      }
    }
    return section.header.sh_addr & 0xffff_ffffL;
  }

  private static ManifestRejected broken(Path elf, String what) {
    return new ManifestRejected(
        elf.toString(), what, "There is no firmware to store", "Run `fovea build` again");
  }
}
