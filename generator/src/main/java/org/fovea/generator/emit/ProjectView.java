package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.board.SecondCore;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;

/** What fv_config.h, fv_regions.c, firmware.ld, CMakeLists.txt and the texts of firmware say. */
public record ProjectView(
    String model,
    String boardId,
    String boardName,
    List<String> provenance,
    List<String> plan,
    String modelSha256,
    String layoutSha256,
    int rtos,
    String rtosTitle,
    boolean freertos,
    int counter,
    long clockHertz,
    long systickHertz,
    int priorityBits,
    int mainStackBytes,
    int inferenceStackBytes,
    int linkStackBytes,
    int supervisorStackBytes,
    int idleStackBytes,
    long stepLimitTicks,
    List<Memory> regions,
    String vectors,
    String code,
    String tables,
    List<String> secondCore,
    List<Weights> weights,
    List<Span> spans,
    String data,
    String link,
    String arena,
    String stacks,
    List<Section> exactSections,
    List<Mpu> mpuRegions,
    boolean reserved,
    List<Kept> application,
    List<RamLoad> ramLoad,
    List<String> sources,
    List<String> steppedSources,
    String debugServers,
    List<String> includes,
    String cpuFlags,
    String freertosPort,
    List<String> freertosSources) {

  /**
   * For memories and kernels that are slower than their estimate, and interrupts of the user's own.
   */
  private static final int STEP_MARGIN = 10;

  /** A line of MEMORY. */
  public record Memory(String name, String attributes, String origin, String length) {}

  /** A section whose size is known to the byte. */
  public record Section(String name, long bytes) {}

  /**
   * The weights in one memory.
   *
   * @param place region of the linker script, with that of the originals when they are copied
   */
  public record Weights(String name, String segment, String place, boolean copied, String what) {}

  /** An entry of fv_weights_spans. */
  public record Span(String start, long bytes) {}

  /** An entry of fv_mpu_regions. */
  public record Mpu(String rbar, String attributes, String comment) {}

  /** Addresses that are left to the user's application. */
  public record Kept(String region, String start, String end, long bytes) {}

  static ProjectView of(
      Firmware firmware,
      Target.Microcontroller target,
      List<String> provenance,
      List<String> sources) {
    Firmware.Stacks stacks = firmware.stacks();
    return new ProjectView(
        CComment.safe(firmware.modelFile()),
        CComment.safe(target.boardId()),
        CComment.safe(target.boardName()),
        provenance,
        firmware.computation().summary(),
        CLiteral.hexBytes(firmware.modelSha256()),
        CLiteral.hexBytes(firmware.layoutSha256()),
        firmware.rtos() == Rtos.FREERTOS ? 1 : 0,
        firmware.rtos().title(),
        firmware.rtos() == Rtos.FREERTOS,
        target.counter().code(),
        target.clockHertz(),
        target.systickHertz(),
        target.priorityBits(),
        stacks.main(),
        stacks.inference(),
        stacks.link(),
        stacks.supervisor(),
        stacks.idle(),
        stepLimit(firmware, target),
        target.regions().stream().map(ProjectView::region).toList(),
        target.vectorsRegion(),
        firmware.placement().get(Purpose.CODE),
        firmware.placement().get(Purpose.TABLES),
        Optional.ofNullable(firmware.placement().get(Purpose.SECOND_CORE)).stream().toList(),
        firmware.weights().pieces().stream().map(ProjectView::weights).toList(),
        spans(firmware.weights()),
        firmware.placement().get(Purpose.DATA),
        firmware.placement().get(Purpose.LINK),
        firmware.placement().get(Purpose.ACTIVATIONS),
        firmware.placement().get(Purpose.STACKS),
        exact(firmware),
        target.mpu().stream().map(ProjectView::mpu).toList(),
        !target.application().isEmpty(),
        target.application().stream().map(ProjectView::kept).toList(),
        RamLoad.of(firmware, target).stream().toList(),
        compiled(sources, "generated/fv_regions.c"),
        stepped(sources),
        debugServers(target),
        includes(sources),
        String.join(" ", target.cpuFlags()),
        target.freertosPort(),
        target.freertosSources());
  }

  /** A step that takes so much longer than estimated has hung. */
  private static long stepLimit(Firmware firmware, Target target) {
    long longest = firmware.computation().longestStep();
    return Math.max(target.clockHertz(), STEP_MARGIN * longest);
  }

  private static Memory region(Target.LinkRegion region) {
    return new Memory(
        region.name(), region.attributes(), hex(region.base()), Long.toString(region.bytes()));
  }

  static Weights weights(WeightPlacement.Piece piece) {
    String name = piece.region().name();
    String from = piece.store().map(s -> " AT > " + s.name()).orElse("");
    return new Weights(
        piece.section(),
        "weights_" + name,
        name + from,
        piece.store().isPresent(),
        piece.section().substring(1));
  }

  /** Runs of layers that lie one after the other; one of no bytes when there are no weights. */
  static List<Span> spans(WeightPlacement weights) {
    List<Span> spans = new ArrayList<>();
    Optional<Region> last = Optional.empty();
    for (WeightPlacement.Place place : weights.places()) {
      if (last.equals(Optional.of(place.region()))) {
        Span run = spans.remove(spans.size() - 1);
        spans.add(new Span(run.start(), run.bytes() + place.layer().bytes()));
      } else {
        String array = WeightsView.name(Constant.Role.WEIGHTS, place.layer().layer());
        spans.add(new Span("(const uint8_t *)" + array, place.layer().bytes()));
      }
      last = Optional.of(place.region());
    }
    return spans.isEmpty() ? List.of(new Span("0", 0)) : spans;
  }

  static List<Section> exact(Firmware firmware) {
    List<Section> sections = new ArrayList<>();
    firmware.weights().pieces().forEach(p -> sections.add(new Section(p.section(), p.bytes())));
    sections.add(section(Purpose.TABLES, firmware.computation().tableBytes()));
    sections.add(section(Purpose.ACTIVATIONS, firmware.computation().arenaBytes()));
    sections.add(section(Purpose.STACKS, firmware.stacks().total()));
    sections.add(section(Purpose.LINK, LinkBuffers.bytes(firmware.computation())));
    if (firmware.placement().containsKey(Purpose.SECOND_CORE)) {
      sections.add(section(Purpose.SECOND_CORE, SecondCore.STUB_BYTES));
    }
    return sections;
  }

  private static Section section(Purpose purpose, long bytes) {
    return new Section(purpose.section(), bytes);
  }

  private static Mpu mpu(Target.MpuRegion region) {
    return new Mpu(hex(region.rbar()), hex(region.attributes()), region.comment());
  }

  private static Kept kept(Target.Kept kept) {
    return new Kept(kept.region(), hex(kept.start()), hex(kept.end()), kept.end() - kept.start());
  }

  private static String hex(long value) {
    return String.format(Locale.ROOT, "0x%08x", value);
  }

  /** What is compiled: of these sources, and of what was generated. */
  static List<String> compiled(List<String> sources, String places) {
    List<String> files = new ArrayList<>();
    sources.stream()
        .filter(s -> s.endsWith(".c") || s.endsWith(".S"))
        .forEach(s -> files.add("fovea/" + s));
    Stream<String> head =
        sources.contains(Sources.BOXES) ? Stream.of("generated/fv_head.c") : Stream.empty();
    Stream<String> weights =
        sources.contains(Sources.ENGINE) ? Stream.empty() : Stream.of("generated/fv_weights.c");
    Stream<String> network = Stream.of("generated/fv_network.c", places);
    files.addAll(Stream.of(head, network, weights).flatMap(s -> s).sorted().toList());
    return files;
  }

  private static String debugServers(Target.Microcontroller target) {
    return target.emulator().isEmpty()
        ? "knows ST-LINK, OpenOCD and J-Link; put the chip's SVD file that it names beside it"
        : "starts QEMU and attaches to it";
  }

  /** Where a debugger goes line by line. */
  private static List<String> stepped(List<String> sources) {
    return compiled(sources, "generated/fv_regions.c").stream()
        .filter(s -> s.startsWith("fovea/harness/") || s.equals("generated/fv_network.c"))
        .toList();
  }

  static List<String> includes(List<String> sources) {
    List<String> folders = new ArrayList<>(List.of("generated"));
    sources.stream()
        .filter(s -> s.endsWith(".h"))
        .map(s -> "fovea/" + s.substring(0, s.lastIndexOf('/')))
        .distinct()
        .forEach(folders::add);
    return folders;
  }
}
