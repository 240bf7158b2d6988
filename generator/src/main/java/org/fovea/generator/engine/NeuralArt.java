package org.fovea.generator.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Held;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Network;
import org.fovea.generator.neuralart.CompiledFolder;
import org.fovea.generator.neuralart.ModelMatch;
import org.fovea.generator.neuralart.NpuMemory;
import org.fovea.generator.neuralart.Pool;
import org.fovea.generator.neuralart.WeightsImage;

/**
 * C files that ST Edge AI makes for the Neural-ART NPU of an STM32N6, run by its runtime, which the
 * firmware is linked with. Memory of the network's own is where these files say.
 *
 * @param folder as the compiler wrote it
 */
public record NeuralArt(CompiledFolder folder) implements Engine {
  /** Words of the epoch controller's programs, in hexadecimal: eight bytes each. */
  private static final Pattern BLOB_WORD = Pattern.compile("0x[0-9a-fA-F]{16}UL");

  private static final int BLOB_WORD_BYTES = 8;

  /** Of a C file, mostly tables of initialisers: ST's example has 0.03 bytes a character. */
  private static final int TEXT_PER_BYTE = 8;

  /**
   * The runtime (73 KiB of ST Edge AI 2.1, arm-none-eabi-gcc 12.2.1 -O2, nothing left out), printf,
   * and operators that the core computes.
   */
  private static final int RUNTIME_CODE = 192 << 10;

  /** Twice what the runtime and the C library's stdio keep. */
  private static final int RUNTIME_DATA = 8 << 10;

  /** Nobody knows: the report shows how much of it was used. */
  private static final int STACK = 16 << 10;

  /**
   * Reads a folder.
   *
   * @throws UserFault.ModelRejected with all that is wrong with it
   */
  public static NeuralArt read(Path path) {
    return new NeuralArt(CompiledFolder.read(path));
  }

  @Override
  public EngineKind kind() {
    return EngineKind.ST_NEURAL_ART;
  }

  @Override
  public String title() {
    return "the Neural-ART NPU with a network of ST Edge AI";
  }

  @Override
  public List<CompiledFile> files() {
    List<CompiledFile> files = new ArrayList<>();
    folder.files().forEach((name, data) -> files.add(file(name, data)));
    folder.weights().forEach(w -> files.add(file(w.file(), w.data())));
    return files;
  }

  private static CompiledFile file(String name, ConstData data) {
    return CompiledFile.of(name, data.toBytes());
  }

  /** Headers are included by their names. */
  @Override
  public List<Copy> copies() {
    return files().stream().map(f -> new Copy("compiled/" + inProject(f.name()), "", f)).toList();
  }

  /** STM32CubeProgrammer knows a file by its ending. */
  private static String inProject(String name) {
    return name.replaceFirst("[.]raw$", ".bin");
  }

  /** Path in the project, and address in flash, of what must be written there once. */
  public record Image(String path, long address, int bytes) {}

  public List<Image> images() {
    return folder.weights().stream().map(NeuralArt::image).toList();
  }

  private static Image image(WeightsImage weights) {
    return new Image(
        "compiled/" + inProject(weights.file()), weights.address(), weights.data().size());
  }

  @Override
  public Optional<Flashed> flashed(CompiledFile file) {
    return folder.weights().stream()
        .filter(w -> w.file().equals(file.name()))
        .map(w -> new Flashed(image(w).path(), w.address()))
        .findFirst();
  }

  @Override
  public List<String> sources() {
    return List.of(
        "engines/st-neural-art/fv_engine.c",
        "engines/st-neural-art/ll_aton_osal_user_impl.h",
        "engines/st-neural-art/mcu_cache.h",
        "engines/st-neural-art/npu_cache.h",
        "engines/st-neural-art/stm32n6xx.h",
        "ports/cortex-m/fv_cache_range.c",
        "ports/cortex-m/fv_cache_range.h",
        "ports/stm32n6/fv_npu.c",
        "ports/stm32n6/fv_npu.h");
  }

  @Override
  public List<Finding> mismatches(Network network) {
    List<Finding> findings = new ArrayList<>();
    ModelMatch.of(folder.network(), folder.source(), network, findings);
    return findings;
  }

  /** For each output of the model the compiled network's number of it. */
  public List<Integer> outputs(Network network) {
    return ModelMatch.of(folder.network(), folder.source(), network, new ArrayList<>())
        .orElseThrow()
        .outputs();
  }

  @Override
  public Board rest(Board board) {
    return memory(board).board();
  }

  @Override
  public List<Held> held(Board board) {
    return memory(board).held();
  }

  private NpuMemory memory(Board board) {
    List<Finding> findings = new ArrayList<>();
    return NpuMemory.of(board, folder.network(), folder.source(), findings)
        .orElseThrow(() -> new UserFault.DoesNotFit(findings));
  }

  /** It is held, not placed. */
  @Override
  public long networkBytes() {
    return 0;
  }

  /** The network has its own. */
  @Override
  public long arenaBytes(Network network) {
    return 0;
  }

  @Override
  public String sizes(Network network) {
    long flash = folder.weights().stream().mapToLong(w -> w.data().size()).sum();
    long ram =
        folder.network().pools().stream().filter(Pool::writable).mapToLong(Pool::bytes).sum();
    return String.format(
        Locale.ROOT,
        "compiled network %.1f KiB of flash, and %.1f KiB of RAM for itself, image and outputs",
        flash / 1024.0,
        ram / 1024.0);
  }

  @Override
  public long codeBytes() {
    return RUNTIME_CODE
        + folder.files().values().stream().mapToLong(NeuralArt::compiledBytes).sum();
  }

  private static long compiledBytes(ConstData data) {
    String text = new String(data.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    Matcher words = BLOB_WORD.matcher(text);
    long blobs = 0;
    long characters = 0;
    while (words.find()) {
      blobs += BLOB_WORD_BYTES;
      characters += words.end() - words.start();
    }
    return blobs + (data.size() - characters) / TEXT_PER_BYTE;
  }

  @Override
  public long dataBytes() {
    return RUNTIME_DATA;
  }

  @Override
  public int stackBytes() {
    return STACK;
  }
}
