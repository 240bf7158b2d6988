package org.fovea.host.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** What a linked firmware puts into each flash memory; of a chip without flash, also into RAM. */
public final class FlashImages {
  /** Of the ELF specification: PT_LOAD, SHF_ALLOC, SHT_NOBITS, EM_ARM. */
  private static final int LOAD = 1;

  private static final long ALLOCATED = 2;
  private static final int EMPTY = 8;
  private static final int ARM = 40;

  private static final String WEIGHTS = ".fv_weights";
  private static final long MAX_FILE = 512L << 20;

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
   * @throws ManifestRejected when it is no firmware, or wants to be stored where nothing stays
   */
  public static List<FlashImage> of(Path elf, Memory memory) {
    List<Part> homeless = new ArrayList<>();
    Map<Memory.Region, List<Part>> byRegion = new LinkedHashMap<>();
    for (Part part : parts(elf)) {
      Optional<Memory.Region> region = storeOf(part, memory);
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
    List<FlashImage> images =
        byRegion.entrySet().stream()
            .map(e -> image(elf, e.getKey(), e.getValue()))
            .sorted(Comparator.comparing((FlashImage i) -> !i.isExternal()))
            .toList();
    checkStart(elf, images.stream().filter(FlashImage::isLoaded).toList());
    return images;
  }

  /** What is loaded is one image, and begins with a vector table whose entry lies in it. */
  private static void checkStart(Path elf, List<FlashImage> loaded) {
    if (loaded.size() > 1) {
      throw broken(elf, "lies in more than one RAM");
    }
    if (loaded.stream().anyMatch(i -> !i.startsWithVectors())) {
      throw broken(elf, "has no vector table where its RAM begins");
    }
  }

  private static boolean isStore(Memory.Region region, boolean hasFlash) {
    return switch (region.kind()) {
      case FLASH, EXTERNAL_FLASH -> true;
      case RAM -> !hasFlash;
      case ITCM, DTCM, EXTERNAL_RAM, DDR -> false;
    };
  }

  private static Finding inRam(Path elf, List<Part> parts) {
    return new Finding(
        elf + " " + parts.stream().map(Part::section).collect(Collectors.joining(", ")),
        "stored from 0x%08X, in no flash memory".formatted(parts.get(0).address()),
        "What is in RAM is gone when the board is switched off",
        "Generate the project again, and run `fovea build`; compare the board file's placement");
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
    byte[] bytes = FlashImage.erased((int) (end - start));
    for (Part part : parts) {
      System.arraycopy(
          part.bytes().toArray(), 0, bytes, (int) (part.address() - start), part.bytes().length());
    }
    return new FlashImage(
        region.name(),
        start,
        bytes,
        placeOf(region),
        parts.stream().allMatch(p -> p.section().startsWith(WEIGHTS)));
  }

  private static FlashImage.Place placeOf(Memory.Region region) {
    return switch (region.kind()) {
      case FLASH -> FlashImage.Place.FLASH;
      case EXTERNAL_FLASH -> FlashImage.Place.EXTERNAL;
      case ITCM, DTCM, RAM, EXTERNAL_RAM, DDR -> FlashImage.Place.RAM;
    };
  }

  private static Optional<Memory.Region> storeOf(Part part, Memory memory) {
    boolean hasFlash = memory.regions().stream().anyMatch(r -> r.kind() == Memory.Kind.FLASH);
    return memory.regions().stream()
        .filter(r -> isStore(r, hasFlash))
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
