package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.board.Twin;
import org.fovea.generator.emit.Demand;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.PixelSource;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.LayerReads;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Need;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.Slot;

/**
 * A compiled model on a board: where everything goes, and whether it fits.
 *
 * @param twinOf id of the silicon board, when the board is its twin
 */
public record Fit(
    Compiled compiled, Board board, Rtos rtos, Optional<String> twinOf, Allocation allocation) {

  private static final Set<Purpose> WEIGHTS = EnumSet.of(Purpose.WEIGHTS, Purpose.ORIGINALS);

  /** Detectors' images are multiples of the stride of their last layer. */
  private static final int IMAGE_STEP = 32;

  /**
   * The fit of a model on a board.
   *
   * @throws UserFault.BoardRejected when the board does not run the RTOS
   */
  public static Fit of(Compiled compiled, Board board, Rtos rtos) {
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
    List<Need> needs =
        Demand.of(
            compiled.plan(), compiled.kernels(), compiled.constants(), board.cpu().core(), rtos);
    List<LayerReads> reads = LayerReads.of(compiled.plan(), compiled.constants());
    return new Fit(compiled, board, rtos, Optional.empty(), Allocation.of(board, needs, reads));
  }

  /**
   * The same on an emulated machine: this board's memories, by name and size, guarded to the byte.
   *
   * @throws UserFault.BoardRejected when the board has no twin
   */
  public Fit twin() {
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
    return new Fit(compiled, machine, rtos, Optional.of(board.id()), allocation.on(machine));
  }

  public boolean fits() {
    return allocation.fits();
  }

  /** One finding per region that is too small: by how much, what fills it, what would help. */
  public List<Finding> shortfalls() {
    List<Finding> findings = new ArrayList<>();
    for (Region region : allocation.overfull()) {
      long missing = allocation.used(region) - region.usableBytes();
      findings.add(
          new Finding(
              board.id() + " " + region.name(),
              "is too small by " + kib(missing),
              contents(region),
              remedy(region)));
    }
    return findings;
  }

  private String contents(Region region) {
    String list =
        allocation.in(region).stream()
            .map(p -> p.need().purpose().title() + " " + kib(p.need().bytes()))
            .collect(Collectors.joining(", "));
    return "it has " + kib(region.usableBytes()) + " for " + list + peak(region);
  }

  private String peak(Region region) {
    if (!allocation.regionOf(Purpose.ACTIVATIONS).equals(region)) {
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

  private String remedy(Region region) {
    boolean weights =
        allocation.in(region).stream().anyMatch(p -> WEIGHTS.contains(p.need().purpose()));
    return weights
        ? "a board with external flash, or a model with fewer weights"
        : otherPlan()
            + smallerImage(region)
            + "fewer channels in the first layers, or a board with more RAM";
  }

  /** What the user may wish of the plan instead. */
  private String otherPlan() {
    PlanGoal goal = compiled.summary().goal();
    if (goal.objective() != Objective.RAM && goal.maxArenaBytes().isEmpty()) {
      return "--optimize ram, ";
    }
    if (goal.input() != InputMode.FRAME) {
      return "";
    }
    Network.Input input = compiled.network().input();
    boolean wide = !input.isCamera() && input.shape().channels() == PixelSource.CHANNELS;
    return (wide ? "--pixels rgb565, " : "") + "--input rows, ";
  }

  /** Activations grow with the area of the image, so the side with the root of the room. */
  private String smallerImage(Region region) {
    long arena = compiled.plan().arenaBytes();
    long room = region.usableBytes() - (allocation.used(region) - arena);
    Shape image = compiled.network().input().shape();
    double ratio = Math.sqrt(Math.max(0, room) / (double) arena);
    int height = (int) (image.height() * ratio) / IMAGE_STEP * IMAGE_STEP;
    int width = (int) (image.width() * ratio) / IMAGE_STEP * IMAGE_STEP;
    return height == 0 || width == 0
        ? ""
        : String.format(
            Locale.ROOT, "an input image of about %dx%d (estimated by area), ", height, width);
  }

  /** KiB with one decimal. */
  public static String kib(long bytes) {
    return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
  }
}
