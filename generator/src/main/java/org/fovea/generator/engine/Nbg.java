package org.fovea.generator.engine;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.MemoryPlan;

/**
 * A network binary graph: what ST Edge AI makes for the NPU of an STM32MP2, run by the OpenVX of
 * its Linux. One file; the program reads it where it starts, and refuses any other.
 */
public record Nbg(CompiledFile file) implements Engine {
  private static final byte[] MAGIC = "VPMN".getBytes(StandardCharsets.US_ASCII);

  // Of the header, as TVM's reader of such files has it and files for the STM32MP2 show: the mark,
  // version and hardware, the network's name of 64 bytes, then counts of 32 bits each.
  private static final int INPUTS_AT = 84;
  private static final int OUTPUTS_AT = 88;
  private static final int HEADER_BYTES = 92;

  private static final long MOST_BYTES = 256L << 20;

  private static final String SUFFIX = ".nb";

  /** What Linux gives a process, so what the library was written for. */
  private static final int STACK = (8 << 20) - (192 << 10);

  /**
   * Reads the file, as far as its mark.
   *
   * @throws UserFault.UsageRefused when it is no such file
   */
  public static Nbg read(Path path) {
    byte[] bytes = bytes(path);
    boolean marked =
        bytes.length > HEADER_BYTES
            && Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length);
    if (!marked) {
      throw refused(
          path,
          "is no network binary graph",
          "such a file begins with VPMN and a header of " + HEADER_BYTES + " bytes",
          "name the .nb file that `stedgeai generate --target stm32mp25` makes");
    }
    return new Nbg(CompiledFile.of(path.getFileName().toString(), bytes));
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw refused(path, "is a directory", "the network is one file", "name the .nb file in it");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw refused(path, "is larger than 256 MiB", "no detector is", "name the .nb file");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      String why = Files.exists(path) ? String.valueOf(e.getMessage()) : "there is no such file";
      throw refused(path, "cannot be read", why, "name the .nb file");
    }
  }

  private static UserFault refused(Path path, String what, String why, String remedy) {
    return new UserFault.UsageRefused(List.of(new Finding(path.toString(), what, why, remedy)));
  }

  @Override
  public EngineKind kind() {
    return EngineKind.NBG;
  }

  @Override
  public String title() {
    return "OpenVX with a network binary graph";
  }

  @Override
  public List<CompiledFile> files() {
    return List.of(file);
  }

  @Override
  public List<Copy> copies() {
    return List.of(new Copy("compiled/network.nb", SUFFIX, file));
  }

  @Override
  public List<String> sources() {
    return List.of("engines/nbg/fv_engine.c", "engines/nbg/fv_openvx.c", "engines/nbg/fv_openvx.h");
  }

  @Override
  public List<Finding> mismatches(Network network) {
    long inputs = count(INPUTS_AT);
    long outputs = count(OUTPUTS_AT);
    if (inputs == 1 && outputs == network.outputs().size()) {
      return List.of();
    }
    return List.of(
        new Finding(
            file.name(),
            "has " + inputs + " inputs and " + outputs + " outputs",
            "the model has 1 and " + network.outputs().size(),
            "compile this very model, or name the .tflite file that was compiled"));
  }

  private long count(int at) {
    return Integer.toUnsignedLong(file.data().view().order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }

  @Override
  public long networkBytes() {
    return file.bytes();
  }

  /** Image and outputs: OpenVX copies, since the address of a mapped tensor is not its own. */
  @Override
  public long arenaBytes(Network network) {
    return aligned(network.input().shape())
        + network.outputs().stream().mapToLong(o -> aligned(o.shape())).sum();
  }

  private static long aligned(Shape shape) {
    long lines = (shape.elements() + MemoryPlan.ALIGNMENT - 1) / MemoryPlan.ALIGNMENT;
    return lines * MemoryPlan.ALIGNMENT;
  }

  @Override
  public long codeBytes() {
    return 32 << 10;
  }

  @Override
  public long dataBytes() {
    return 8 << 10;
  }

  @Override
  public int stackBytes() {
    return STACK;
  }
}
