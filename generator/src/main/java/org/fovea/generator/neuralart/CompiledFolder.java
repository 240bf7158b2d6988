package org.fovea.generator.neuralart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.ConstData;

/**
 * What ST Edge AI has written for one network.
 *
 * @param source name of the C file
 * @param files the C file and the headers of its own, by name
 * @param weights what must lie in memory before it runs, by address
 */
public record CompiledFolder(
    CompiledNetwork network,
    String source,
    SortedMap<String, ConstData> files,
    List<WeightsImage> weights) {
  private static final int MOST_FILES = 1000;
  private static final int MOST_SOURCE_BYTES = 64 << 20;
  private static final int MOST_WEIGHTS_BYTES = 256 << 20;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"([^\"\\r\\n]{1,100})\"");

  private static final String GIVE =
      "give the folder (st_ai_output) that stedgeai generate --target stm32n6 --st-neural-art wrote";

  public CompiledFolder {
    files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
    weights = List.copyOf(weights);
  }

  /**
   * Reads a folder.
   *
   * @throws UserFault.ModelRejected with all that is wrong with it
   */
  public static CompiledFolder read(Path folder) {
    FileFindings findings = new FileFindings(folder.toString());
    try {
      Optional<CompiledFolder> read = new Reader(folder, findings).read();
      findings.rejectIfAny();
      return read.orElseThrow();
    } catch (IOException e) {
      String why = Files.exists(folder) ? e.getClass().getSimpleName() : "there is no such folder";
      findings.add("", "cannot be read", why, GIVE);
      findings.rejectIfAny();
      throw new IllegalStateException(e);
    }
  }

  /** One reading. */
  private record Reader(Path folder, FileFindings findings) {

    Optional<CompiledFolder> read() throws IOException {
      List<String> names = names();
      SortedMap<String, String> sources = new TreeMap<>();
      for (String name : names) {
        if (name.endsWith(".c")) {
          String text = new String(bytes(name, MOST_SOURCE_BYTES), StandardCharsets.ISO_8859_1);
          if (text.contains("*LL_ATON_Input_Buffers_Info_")) {
            sources.put(name, text);
          }
        }
      }
      if (sources.size() != 1) {
        findings.add(
            "",
            sources.isEmpty()
                ? "holds no network for the NPU"
                : "holds " + sources.size() + " networks: " + String.join(", ", sources.keySet()),
            "one network runs",
            sources.isEmpty() ? GIVE : "move the others away");
        return Optional.empty();
      }
      String source = sources.firstKey();
      FileFindings inSource = new FileFindings(folder.resolve(source).toString());
      Optional<CompiledNetwork> network = NetworkSource.read(sources.get(source), inSource);
      inSource.rejectIfAny();
      return Optional.of(
          new CompiledFolder(
              network.orElseThrow(),
              source,
              files(source, sources.get(source), names),
              weights(source, network.orElseThrow(), names)));
    }

    private List<String> names() throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        List<String> names =
            files
                .limit(MOST_FILES + 1L)
                .map(f -> f.getFileName().toString())
                .filter(n -> PLAIN_NAME.matcher(n).matches())
                .sorted()
                .toList();
        if (names.size() > MOST_FILES) {
          findings.add("", "holds more than " + MOST_FILES + " files", "a network has ten", GIVE);
          return List.of();
        }
        return names;
      }
    }

    private byte[] bytes(String name, int most) throws IOException {
      try (InputStream in = Files.newInputStream(folder.resolve(name))) {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
          findings.add("/" + name, "is larger than " + (most >> 20) + " MiB", "none is", GIVE);
          return new byte[0];
        }
        return bytes;
      }
    }

    /** The C file, and those of the headers it includes that are not the runtime's. */
    private SortedMap<String, ConstData> files(String source, String text, List<String> names)
        throws IOException {
      SortedMap<String, ConstData> files = new TreeMap<>();
      files.put(source, ConstData.of(bytes(source, MOST_SOURCE_BYTES)));
      Matcher include = INCLUDE.matcher(text);
      while (include.find()) {
        String name = include.group(1);
        if (names.contains(name)) {
          files.put(name, ConstData.of(bytes(name, MOST_SOURCE_BYTES)));
        } else if (name.endsWith("_ecblobs.h")) {
          findings.add(
              "/" + source,
              "includes " + FileFindings.quote(name),
              "which is not in the folder",
              "copy it from st_ai_output, or give that folder");
        }
      }
      return files;
    }

    /** The contents of each pool that the network only reads. */
    private List<WeightsImage> weights(String source, CompiledNetwork network, List<String> names)
        throws IOException {
      List<WeightsImage> images = new ArrayList<>();
      String stem = source.substring(0, source.length() - 2);
      for (Pool pool : network.pools()) {
        List<String> possible =
            List.of(
                stem + "_atonbuf." + pool.file() + ".raw", stem + "_data." + pool.file() + ".bin");
        Optional<String> file = possible.stream().filter(names::contains).findFirst();
        if (pool.writable() && file.isPresent()) {
          findings.add(
              "/" + file.get(),
              "holds what " + FileFindings.quote(pool.name()) + " starts with",
              "that memory is empty after power-on, and nothing fills it",
              "generate with a memory pool (.mpool) that keeps weights in the flash");
        } else if (!pool.writable() && file.isEmpty()) {
          findings.add(
              "",
              "lacks " + String.join(" or ", possible),
              "the network reads it at 0x" + Long.toHexString(pool.base()),
              "copy it from st_ai_output, or give that folder");
        } else if (!pool.writable()) {
          image(pool, file.get()).ifPresent(images::add);
        }
      }
      return images.stream()
          .sorted(java.util.Comparator.comparingLong(WeightsImage::address))
          .toList();
    }

    private Optional<WeightsImage> image(Pool pool, String name) throws IOException {
      byte[] bytes = bytes(name, MOST_WEIGHTS_BYTES);
      if (bytes.length < pool.least() || bytes.length > pool.bytes()) {
        findings.add(
            "/" + name,
            "has " + bytes.length + " bytes",
            "the network reads " + pool.least() + " to " + pool.bytes() + " there",
            "it is cut off, or of another network: copy it again from st_ai_output");
        return Optional.empty();
      }
      return Optional.of(new WeightsImage(name, pool.base(), ConstData.of(bytes)));
    }
  }
}
