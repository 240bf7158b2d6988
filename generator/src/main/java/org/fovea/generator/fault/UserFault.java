package org.fovea.generator.fault;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The run cannot go on for a reason that the user can act on. Carries every finding, at least one;
 * programming errors are other exceptions.
 */
public abstract sealed class UserFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  private UserFault(List<Finding> findings) {
    super(render(findings));
    this.findings = List.copyOf(findings);
  }

  public List<Finding> findings() {
    return findings;
  }

  private static String render(List<Finding> findings) {
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("a fault without findings");
    }
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  /** The model file is damaged, or holds something that Fovea does not run. */
  public static final class ModelRejected extends UserFault {
    private static final long serialVersionUID = 1L;

    public ModelRejected(List<Finding> findings) {
      super(findings);
    }
  }

  /** The board is unknown or its file is wrong. */
  public static final class BoardRejected extends UserFault {
    private static final long serialVersionUID = 1L;

    public BoardRejected(List<Finding> findings) {
      super(findings);
    }
  }

  /** A memory region is too small. */
  public static final class DoesNotFit extends UserFault {
    private static final long serialVersionUID = 1L;

    public DoesNotFit(List<Finding> findings) {
      super(findings);
    }
  }

  /** The output directory or file cannot be written. */
  public static final class OutputRefused extends UserFault {
    private static final long serialVersionUID = 1L;

    public OutputRefused(List<Finding> findings) {
      super(findings);
    }
  }

  /** A program that Fovea calls is not installed. */
  public static final class ToolMissing extends UserFault {
    private static final long serialVersionUID = 1L;

    public ToolMissing(List<Finding> findings) {
      super(findings);
    }
  }

  /** The generated project did not build. */
  public static final class BuildFailed extends UserFault {
    private static final long serialVersionUID = 1L;

    public BuildFailed(List<Finding> findings) {
      super(findings);
    }
  }

  /** The command line or one of the user's other files (an image, a list) is wrong. */
  public static final class UsageRefused extends UserFault {
    private static final long serialVersionUID = 1L;

    public UsageRefused(List<Finding> findings) {
      super(findings);
    }
  }
}
