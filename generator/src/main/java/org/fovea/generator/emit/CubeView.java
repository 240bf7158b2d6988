package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;

/** What the templates of a folder for an STM32Cube project say. */
public record CubeView(
    String model,
    String boardId,
    String boardName,
    List<String> provenance,
    List<String> plan,
    String modelSha256,
    String layoutSha256,
    int rtos,
    String rtosId,
    String rtosTitle,
    boolean freertos,
    boolean bare,
    int counter,
    int cortexM,
    int baud,
    int inferenceStackBytes,
    int linkStackBytes,
    int mainStackBytes,
    int dmaBytes,
    List<Memory> memories,
    String tables,
    List<Weights> weights,
    List<Copy> copies,
    List<Blank> blanks,
    List<Check> checks,
    List<ProjectView.Span> spans,
    List<String> sources,
    List<String> applicationSources,
    List<String> includes) {

  private static final int LINE = 32;

  /**
   * A memory of the board.
   *
   * @param alias in fovea.ld
   * @param named whether the user's linker script has it; else fovea.ld defines it
   * @param cube its name there
   */
  public record Memory(
      String name,
      String alias,
      boolean named,
      String cube,
      String attributes,
      String origin,
      long length) {}

  /** The weights in one memory. */
  public record Weights(String section, String place, String what) {}

  /** Weights that are copied. */
  public record Copy(String what) {}

  /** A section that nobody fills. */
  public record Blank(String section, String symbol, String alias, int alignment) {}

  /** Size and place of a section. */
  public record Check(String section, long bytes, String memory, String start, String end) {}

  static CubeView of(
      Firmware firmware, Target.CubeProject target, List<String> provenance, List<String> sources) {
    Map<String, String> regions = sectionRegions(firmware);
    List<WeightPlacement.Piece> pieces = firmware.weights().pieces();
    boolean freertos = firmware.rtos() == Rtos.FREERTOS;
    return new CubeView(
        CComment.safe(firmware.modelFile()),
        CComment.safe(target.boardId()),
        CComment.safe(target.boardName()),
        provenance,
        firmware.computation().summary(),
        CLiteral.hexBytes(firmware.modelSha256()),
        CLiteral.hexBytes(firmware.layoutSha256()),
        freertos ? 1 : 0,
        firmware.rtos().id(),
        firmware.rtos().title(),
        freertos,
        !freertos,
        target.counter().code(),
        target.cortexM(),
        target.baud(),
        firmware.stacks().inference(),
        firmware.stacks().link(),
        target.pollStackBytes(),
        LinkBuffers.DMA,
        memories(target, firmware, regions),
        alias(firmware.placement().get(Purpose.TABLES)),
        pieces.stream().map(CubeView::weights).toList(),
        pieces.stream()
            .filter(p -> p.store().isPresent())
            .map(p -> new Copy(p.section().substring(1)))
            .toList(),
        blanks(regions),
        checks(firmware, target, regions),
        ProjectView.spans(firmware.weights()),
        ProjectView.compiled(library(sources), "generated/fv_places.c"),
        sources.stream()
            .filter(s -> Sources.seesApplication(s) && s.endsWith(".c"))
            .map(s -> "fovea/" + s)
            .toList(),
        ProjectView.includes(sources));
  }

  private static List<String> library(List<String> sources) {
    return sources.stream().filter(s -> !Sources.seesApplication(s)).toList();
  }

  /** The board's region of each section. */
  private static Map<String, String> sectionRegions(Firmware firmware) {
    Map<String, String> regions = new TreeMap<>();
    Stream.of(Purpose.TABLES, Purpose.ACTIVATIONS, Purpose.LINK, Purpose.DMA, Purpose.STACKS)
        .filter(firmware.placement()::containsKey)
        .forEach(p -> regions.put(p.section(), firmware.placement().get(p)));
    firmware.weights().pieces().forEach(p -> regions.put(p.section(), p.region().name()));
    return regions;
  }

  private static List<Memory> memories(
      Target.CubeProject target, Firmware firmware, Map<String, String> regions) {
    List<String> stores =
        firmware.weights().pieces().stream()
            .flatMap(p -> p.store().stream())
            .map(Region::name)
            .toList();
    return target.memories().stream()
        .filter(m -> regions.containsValue(m.name()) || stores.contains(m.name()))
        .map(
            m ->
                new Memory(
                    m.name(),
                    alias(m.name()),
                    m.cube().isPresent(),
                    m.cube().orElse(""),
                    m.writable() ? "rw" : "rx",
                    hex(m.start()),
                    m.end() - m.start()))
        .toList();
  }

  private static Weights weights(WeightPlacement.Piece piece) {
    String from = piece.store().map(s -> " AT > " + alias(s.name())).orElse("");
    return new Weights(
        piece.section(), alias(piece.region().name()) + from, piece.section().substring(1));
  }

  private static List<Blank> blanks(Map<String, String> regions) {
    List<Blank> blanks = new ArrayList<>();
    Stream.of(Purpose.DMA, Purpose.LINK, Purpose.ACTIVATIONS, Purpose.STACKS)
        .map(Purpose::section)
        .filter(regions::containsKey)
        .forEach(s -> blanks.add(new Blank(s, s.substring(1), alias(regions.get(s)), LINE)));
    return blanks;
  }

  private static List<Check> checks(
      Firmware firmware, Target.CubeProject target, Map<String, String> regions) {
    List<ProjectView.Section> sections = new ArrayList<>(ProjectView.exact(firmware));
    sections.add(new ProjectView.Section(Purpose.DMA.section(), LinkBuffers.DMA));
    return sections.stream()
        .filter(s -> s.bytes() > 0 && regions.containsKey(s.name()))
        .map(s -> check(s, memory(target, regions.get(s.name()))))
        .toList();
  }

  private static Check check(ProjectView.Section section, Target.CubeMemory memory) {
    return new Check(
        section.name(), section.bytes(), memory.name(), hex(memory.start()), hex(memory.end()));
  }

  private static Target.CubeMemory memory(Target.CubeProject target, String name) {
    return target.memories().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static String alias(String region) {
    return "FV_" + region.toUpperCase(Locale.ROOT);
  }

  private static String hex(long value) {
    return String.format(Locale.ROOT, "0x%08x", value);
  }
}
