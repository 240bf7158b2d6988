package org.fovea.generator.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** Symbols and the vector table of a linked firmware. */
final class LinkedImage {
  private static final String VECTORS = ".fv_vectors";

  /** Bit 0 of a function's address says Thumb. */
  private static final long THUMB = 1;

  /**
   * A handler in the vector table.
   *
   * @param exception its number: 2 to 15 of the core, from 16 on interrupts
   * @param weak nobody has replaced the default, which reports a fault
   */
  record Handler(int exception, String function, boolean weak) {}

  private final ElfFile elf;
  private final List<ElfSymbol> symbols;

  private LinkedImage(ElfFile elf, List<ElfSymbol> symbols) {
    this.elf = elf;
    this.symbols = symbols;
  }

  /**
   * Reads a firmware.
   *
   * @throws UserFault.BuildFailed when it is no ELF file with symbols
   */
  static LinkedImage read(Path file) {
    try {
      ElfFile elf = ElfFile.from(file.toFile());
      ElfSymbolTableSection table = elf.getSymbolTableSection();
      if (table == null) {
        throw new IOException("it has no symbol table");
      }
      return new LinkedImage(elf, List.of(table.symbols));
    } catch (IOException | ElfException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  file.toString(),
                  "is no ELF file with symbols",
                  String.valueOf(e.getMessage()),
                  "build again, without stripping")));
    }
  }

  /** Bytes of the variable of that name. */
  OptionalLong sizeOf(String variable) {
    return named(s -> s.getType() == ElfSymbol.STT_OBJECT, variable)
        .mapToLong(s -> s.st_size)
        .max();
  }

  /** Address of the symbol of that name. */
  OptionalLong addressOf(String name) {
    return named(s -> true, name).mapToLong(s -> s.st_value & 0xffff_ffffL).findFirst();
  }

  private Stream<ElfSymbol> named(Predicate<ElfSymbol> kind, String name) {
    return symbols.stream().filter(kind).filter(s -> name.equals(s.getName()));
  }

  /** The handlers of exceptions and interrupts, by number. */
  List<Handler> handlers() {
    ElfSection section = elf.firstSectionByName(VECTORS);
    if (section == null) {
      return List.of();
    }
    SortedMap<Long, ElfSymbol> functions = functions();
    ByteBuffer words = ByteBuffer.wrap(section.getData()).order(ByteOrder.LITTLE_ENDIAN);
    List<Handler> handlers = new ArrayList<>();
    for (int i = 2; (i + 1) * Integer.BYTES <= words.capacity(); i++) {
      ElfSymbol function = functions.get(words.getInt(i * Integer.BYTES) & 0xffff_fffeL);
      if (function != null) {
        boolean weak = function.getBinding() == ElfSymbol.BINDING_WEAK;
        handlers.add(new Handler(i, function.getName(), weak));
      }
    }
    return handlers;
  }

  /** By address; where two lie at the same, the one that is not weak, then the first by name. */
  private SortedMap<Long, ElfSymbol> functions() {
    SortedMap<Long, ElfSymbol> functions = new TreeMap<>();
    symbols.stream()
        .filter(s -> s.getType() == ElfSymbol.STT_FUNC)
        .sorted(
            Comparator.comparing((ElfSymbol s) -> s.getBinding() == ElfSymbol.BINDING_WEAK)
                .thenComparing(ElfSymbol::getName))
        .forEach(s -> functions.putIfAbsent(s.st_value & 0xffff_ffffL & ~THUMB, s));
    return functions;
  }
}
