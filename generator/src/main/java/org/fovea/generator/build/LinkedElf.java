package org.fovea.generator.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** What a linked ELF file puts into the device's memory, by address. */
record LinkedElf(List<Section> sections, List<Symbol> symbols) {
  /** SHF_WRITE of the ELF specification. */
  private static final long WRITABLE = 1;

  /** SHF_ALLOC of the ELF specification. */
  private static final long ALLOCATED = 2;

  /** SHT_NOBITS: memory that nothing is stored for. */
  private static final int EMPTY = 8;

  LinkedElf {
    sections = List.copyOf(sections);
    symbols = List.copyOf(symbols);
  }

  /**
   * A section that takes memory.
   *
   * @param stored whether its bytes are in the file
   */
  record Section(String name, long address, long bytes, boolean stored, boolean writable) {
    long end() {
      return address + bytes;
    }
  }

  /**
   * A named address.
   *
   * @param bytes 0 for a label
   */
  record Symbol(String name, long address, long bytes) {}

  static LinkedElf read(Path elf) {
    try {
      ElfFile file = ElfFile.from(elf.toFile());
      return new LinkedElf(sections(file), symbols(file));
    } catch (IOException
        | ElfException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  elf.toString(),
                  "is no ELF file",
                  String.valueOf(e.getMessage()),
                  "build again")));
    }
  }

  private static List<Section> sections(ElfFile file) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < file.e_shnum; i++) {
      ElfSection s = file.getSection(i);
      if ((s.header.sh_flags & ALLOCATED) != 0 && s.header.sh_size > 0) {
        sections.add(
            new Section(
                s.header.getName(),
                s.header.sh_addr & 0xffffffffL,
                s.header.sh_size,
                s.header.sh_type != EMPTY,
                (s.header.sh_flags & WRITABLE) != 0));
      }
    }
    sections.sort(Comparator.comparingLong(Section::address).thenComparing(Section::name));
    return sections;
  }

  private static List<Symbol> symbols(ElfFile file) {
    ElfSymbolTableSection table = file.getSymbolTableSection();
    List<Symbol> symbols = new ArrayList<>();
    if (table != null) {
      for (ElfSymbol s : table.symbols) {
        String name = s.getName();
        if (name != null && !name.isEmpty() && !name.startsWith("$")) {
          symbols.add(new Symbol(name, s.st_value & 0xffffffffL, s.st_size));
        }
      }
    }
    symbols.sort(Comparator.comparingLong(Symbol::address).thenComparing(Symbol::name));
    return symbols;
  }

  /** Bytes of these sections together. */
  long bytes(List<String> names) {
    return sections.stream().filter(s -> names.contains(s.name())).mapToLong(Section::bytes).sum();
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** The symbol of this name inside a section, its end included. */
  Optional<Symbol> symbol(String name, Section in) {
    return symbols.stream()
        .filter(s -> s.name().equals(name))
        .filter(s -> s.address() >= in.address() && s.address() <= in.end())
        .findFirst();
  }
}
