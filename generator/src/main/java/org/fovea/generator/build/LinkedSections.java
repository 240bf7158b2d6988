package org.fovea.generator.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** Sizes of the sections of a linked ELF file that take memory on the device, by name. */
public record LinkedSections(SortedMap<String, Long> bytes) {
  /** SHF_ALLOC of the ELF specification. */
  private static final long ALLOCATED = 2;

  public static LinkedSections read(Path elf) {
    try {
      ElfFile file = ElfFile.from(elf.toFile());
      SortedMap<String, Long> sizes = new TreeMap<>();
      for (int i = 0; i < file.e_shnum; i++) {
        ElfSection section = file.getSection(i);
        if ((section.header.sh_flags & ALLOCATED) != 0) {
          sizes.merge(section.header.getName(), section.header.sh_size, Long::sum);
        }
      }
      return new LinkedSections(sizes);
    } catch (IOException | ElfException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  elf.toString(),
                  "is no ELF file",
                  String.valueOf(e.getMessage()),
                  "build again")));
    }
  }

  public long of(String... sections) {
    long sum = 0;
    for (String section : sections) {
      sum += bytes.getOrDefault(section, 0L);
    }
    return sum;
  }
}
