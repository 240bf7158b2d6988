package org.fovea.generator.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.board.Twin;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.Demand;
import org.fovea.generator.emit.Project;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.LayerReads;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Need;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.Slot;
import org.fovea.generator.plan.WeightPlacement;

/**
 * A compiled model on a board: where everything goes, and whether it fits.
 *
 * @param board less what is reserved of it
 * @param project what is made of it
 * @param twinOf id of the silicon board, when the board is its twin
 * @param reserved what the user's application keeps of the board
 */
public record Fit(
    Compiled compiled,
    Board board,
    Rtos rtos,
    Project project,
    Optional<String> twinOf,
    Reserved reserved,
    Allocation allocation)
    implements Deployable {

  /** What the bytes of {@link #reserved} are called beside the firmware's own. */
  public static final String APPLICATION = "application";

  @Override
  public ModelFile model() {
    return compiled.model();
  }

  @Override
  public Computation computation() {
    return compiled.computation();
  }

  /** The fit of a model on a board that it has for itself. */
  public static Fit of(Compiled compiled, Board board, Rtos rtos) {
    return of(compiled, board, rtos, Reserved.NOTHING);
  }

  /**
   * The fit of firmware on a board.
   *
   * @param reserved of this board
   * @throws UserFault.BoardRejected when the board does not run the RTOS
   */
  public static Fit of(Compiled compiled, Board board, Rtos rtos, Reserved reserved) {
    return of(compiled, board, rtos, reserved, Project.FIRMWARE);
  }

  /**
   * The fit of a model on a board.
   *
   * @param reserved of this board
   * @throws UserFault.BoardRejected when the board does not run the RTOS
   */
  public static Fit of(
      Compiled compiled, Board board, Rtos rtos, Reserved reserved, Project project) {
    requireRtos(board, rtos);
    Board rest = reserved.takenFrom(board);
    return placed(compiled, rest, rtos, project, reserved, needs(compiled, rest, rtos, project));
  }

  /**
   * @throws UserFault.BoardRejected when the board does not run the RTOS
   */
  static void requireRtos(Board board, Rtos rtos) {
    if (!board.rtos().contains(rtos)) {
      String own = board.rtos().stream().map(Rtos::id).collect(Collectors.joining(" or "));
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  board.id(),
                  "does not run " + rtos.id(),
                  "its board file says: " + own,
                  "leave --rtos away, or say " + own)));
    }
  }

  private static List<Need> needs(Compiled compiled, Board board, Rtos rtos, Project project) {
    return Demand.of(
        compiled.computation(),
        HeadFacts.boxes(compiled.model(), compiled.network()),
        board,
        rtos,
        project);
  }

  private static Fit placed(
      Compiled compiled,
      Board board,
      Rtos rtos,
      Project project,
      Reserved reserved,
      List<Need> needs) {
    List<LayerReads> reads = LayerReads.of(compiled.plan(), compiled.constants());
    Allocation allocation = Allocation.of(board, needs, reads);
    return new Fit(compiled, board, rtos, project, Optional.empty(), reserved, allocation);
  }

  /** Another plan or RTOS on the same memories. */
  Fit with(Compiled other, Rtos system) {
    return placed(other, board, system, project, reserved, needs(other, board, system, project));
  }

  /** The least that any plan could need: nothing for activations. */
  Fit withoutActivations() {
    List<Need> needs =
        needs(compiled, board, rtos, project).stream()
            .filter(n -> n.purpose() != Purpose.ACTIVATIONS)
            .toList();
    return placed(compiled, board, rtos, project, reserved, needs);
  }

  /**
   * The same on an emulated machine: this board's memories, by name and size, guarded to the byte;
   * under Linux in QEMU's user mode, which has no memories of a board.
   *
   * @throws UserFault.BoardRejected when the board has no twin
   */
  @Override
  public Fit twin() {
    if (!board.cpu().core().isMicrocontroller()) {
      Optional<String> standsFor = Optional.of(board.id());
      return new Fit(compiled, board.inUserMode(), rtos, project, standsFor, reserved, allocation);
    }
    if (!(board.emulation() instanceof Emulation.TwinBase base)) {
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  board.id(),
                  "has no twin",
                  board.emulation() instanceof Emulation.Machine
                      ? "it is an emulated board itself"
                      : "no emulated board has its core",
                  "leave --emulated away, or choose another board (fovea boards)")));
    }
    if (!fits()) {
      throw new UserFault.DoesNotFit(shortfalls());
    }
    Board machine = Twin.of(board, BoardCatalogue.find(base.boardId()), allocation.usedByName());
    return new Fit(
        compiled,
        machine,
        rtos,
        project,
        Optional.of(board.id()),
        reserved.in(name -> machine.region(name).filter(r -> r.reservedEnd() > 0).isPresent()),
        allocation.on(machine));
  }

  @Override
  public boolean fits() {
    return allocation.fits();
  }

  /** Regions that hold something, the application's bytes included, in the board's order. */
  public List<Region> regionsInUse() {
    return board.regions().stream().filter(r -> used(r) > 0).toList();
  }

  /** Bytes of a region that are used, by the firmware and by the application. */
  public long used(Region region) {
    return allocation.used(region) + reserved.in(region.name());
  }

  /** Bytes of a region that may be used, by the firmware and by the application. */
  public long capacity(Region region) {
    return reserved.capacity(region);
  }

  /** The region that is short by most, if any is. */
  public Optional<Region> shortest() {
    return allocation.overfull().stream().max(Comparator.comparingLong(this::missing));
  }

  /** Bytes that a region has too few; 0 and less when it has enough. */
  public long missing(Region region) {
    return used(region) - capacity(region);
  }

  /** The region of activations and scratch. */
  public Region activationsRegion() {
    return allocation.regionOf(Purpose.ACTIVATIONS);
  }

  /** Whether the activations lie in another chip than the core. */
  public boolean isOutside() {
    return activationsRegion().kind().isExternal();
  }

  /** Bytes left in the region of the activations; copies of weights would make room. */
  public long spare() {
    Region region = activationsRegion();
    long copies =
        allocation.weights().pieces().stream()
            .filter(p -> p.region().equals(region) && p.store().isPresent())
            .mapToLong(WeightPlacement.Piece::bytes)
            .sum();
    return copies - missing(region);
  }

  /** One finding per region that is too small: by how much, what fills it, what would help. */
  @Override
  public List<Finding> shortfalls() {
    return shortfalls("fovea fit MODEL --board " + board.id() + " tries what would help");
  }

  /** The same with a remedy that is known. */
  public List<Finding> shortfalls(String remedy) {
    return allocation.overfull().stream()
        .map(
            region ->
                new Finding(
                    board.id() + " " + region.name(),
                    "is too small by " + kib(missing(region)),
                    contents(region),
                    remedy))
        .toList();
  }

  private String contents(Region region) {
    String list =
        allocation.in(region).stream()
            .map(p -> p.need().purpose().title() + " " + kib(p.need().bytes()))
            .collect(Collectors.joining(", "));
    long kept = reserved.in(region.name());
    String application = kept > 0 ? ", " + APPLICATION + " " + kib(kept) : "";
    return "it has " + kib(capacity(region)) + " for " + list + application + peak(region);
  }

  private String peak(Region region) {
    if (!activationsRegion().equals(region)) {
      return "";
    }
    MemoryPlan plan = compiled.plan();
    MemoryPlan.Peak peak = plan.peak();
    Layer layer = compiled.network().layers().get(peak.layer());
    String live =
        plan.allSlots().stream()
            .filter(s -> s.firstStep() <= peak.step() && peak.step() <= s.lastStep())
            .sorted(Comparator.comparingLong(Slot::bytes).reversed())
            .map(s -> s.name() + " " + kib(s.bytes()))
            .collect(Collectors.joining(", "));
    return "; activations peak at layer " + layer.index() + " (" + layer.name() + "): " + live;
  }

  /** KiB with one decimal. */
  public static String kib(long bytes) {
    return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
  }
}
