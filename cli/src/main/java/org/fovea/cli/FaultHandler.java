package org.fovea.cli;

import org.fovea.generator.fault.UserFault;
import org.fovea.host.fault.BoardDiffers;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.EmulatorFailed;
import org.fovea.host.fault.HostFault;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.fault.ProgrammerMissing;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** From what went wrong to what the user reads and the shell gets: the one place that knows. */
record FaultHandler(Terminal terminal) implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof UserFault || e instanceof HostFault) {
      terminal.remark("fovea: " + e.getMessage());
      for (Throwable other : e.getSuppressed()) {
        if (other instanceof UserFault || other instanceof HostFault) {
          terminal.remark("fovea: " + other.getMessage());
        }
      }
    } else {
      terminal.remark("fovea: a defect of Fovea; please report this trace with the command line.");
      e.printStackTrace(terminal.err());
    }
    return exitCode(e);
  }

  static int exitCode(Throwable fault) {
    return codeOf(fault).code();
  }

  private static ExitCode codeOf(Throwable fault) {
    if (fault instanceof UserFault u) {
      return codeOf(u);
    }
    if (fault instanceof HostFault h) {
      return codeOf(h);
    }
    return fault instanceof CommandLine.ParameterException ? ExitCode.USAGE : ExitCode.INTERNAL;
  }

  private static ExitCode codeOf(UserFault fault) {
    if (fault instanceof UserFault.ModelRejected) {
      return ExitCode.MODEL;
    }
    if (fault instanceof UserFault.BoardRejected) {
      return ExitCode.BOARD;
    }
    if (fault instanceof UserFault.DoesNotFit) {
      return ExitCode.DIFFERENT;
    }
    if (fault instanceof UserFault.OutputRefused) {
      return ExitCode.OUTPUT;
    }
    if (fault instanceof UserFault.ToolMissing) {
      return ExitCode.TOOL;
    }
    return fault instanceof UserFault.BuildFailed ? ExitCode.BUILD : ExitCode.USAGE;
  }

  private static ExitCode codeOf(HostFault fault) {
    if (fault instanceof LinkFailed || fault instanceof DeviceRefused) {
      return ExitCode.LINK;
    }
    if (fault instanceof BoardDiffers) {
      return ExitCode.DIFFERENT;
    }
    boolean tool = fault instanceof EmulatorFailed || fault instanceof ProgrammerMissing;
    return tool ? ExitCode.TOOL : ExitCode.IMAGE;
  }
}
