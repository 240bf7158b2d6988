package org.fovea.host.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ProgrammerMissing;

/**
 * The tool that is taken, and why.
 *
 * @param passedOver a line for each better one that is not taken
 */
public record ToolChoice(Programmer tool, List<String> passedOver) {
  private static final String NEEDED = "Flash is written through a programming tool";

  public ToolChoice {
    passedOver = List.copyOf(passedOver);
  }

  /** Names that {@link #named} takes. */
  public static List<String> names() {
    return Programmer.all(new ToolPath("")).stream().map(Programmer::program).toList();
  }

  /**
   * The most capable tool that is installed and can write these images.
   *
   * @throws ProgrammerMissing when there is none, with every tool and where to get it
   */
  public static ToolChoice best(ToolPath path, FlashTarget target, List<FlashImage> images) {
    List<String> passedOver = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Programmer tool : Programmer.all(path)) {
      Optional<String> obstacle = tool.obstacle(target, images);
      boolean found = path.find(tool.program()).isPresent();
      if (found && obstacle.isEmpty()) {
        return new ToolChoice(tool, passedOver);
      }
      String why = found ? obstacle.orElseThrow() : "it is not in PATH";
      passedOver.add(tool.program() + ": " + why);
      findings.add(finding(tool, obstacle));
    }
    throw new ProgrammerMissing(findings);
  }

  /**
   * The tool of that name.
   *
   * @param mustBeThere false: its command lines are only shown
   * @throws ProgrammerMissing when it is not installed or cannot write these images
   */
  public static ToolChoice named(
      String name,
      ToolPath path,
      FlashTarget target,
      List<FlashImage> images,
      boolean mustBeThere) {
    Programmer tool =
        Programmer.all(path).stream()
            .filter(t -> t.program().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(name));
    boolean found = path.find(name).isPresent();
    Optional<String> obstacle = tool.obstacle(target, images);
    if ((mustBeThere && !found) || obstacle.isPresent()) {
      throw new ProgrammerMissing(List.of(finding(tool, obstacle)));
    }
    return new ToolChoice(tool, List.of());
  }

  /** A tool that could not do it is not worth fetching. */
  private static Finding finding(Programmer tool, Optional<String> obstacle) {
    return obstacle
        .map(
            o ->
                new Finding(
                    tool.program(),
                    "cannot write this firmware: " + o,
                    NEEDED,
                    "Take another tool, or correct the board file"))
        .orElse(new Finding(tool.program(), "is not in PATH", NEEDED, "Get it: " + tool.source()));
  }
}
