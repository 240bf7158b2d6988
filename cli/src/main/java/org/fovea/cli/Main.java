package org.fovea.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.generator.emit.Version;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The program {@code fovea}. */
@Command(
    name = "fovea",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    description = "A tiny-YOLO detector in, STM32 firmware out, boxes on your photo.",
    exitCodeListHeading = "%nExit codes:%n",
    footer = "%nStart with: fovea demo",
    subcommands = {
      DemoCommand.class,
      FitCommand.class,
      EstimateCommand.class,
      InspectCommand.class,
      ModelsCommand.class,
      ConvertCommand.class,
      QuantizeCommand.class,
      EvaluateCommand.class,
      ValidateCommand.class,
      DecodeCommand.class,
      BoardsCommand.class,
      BoardCommand.class,
      DeployCommand.class,
      GenerateCommand.class,
      BuildCommand.class,
      EmulateCommand.class,
      FlashCommand.class,
      RecoverCommand.class,
      RunCommand.class,
      SelfTestCommand.class,
      BenchCommand.class,
      MonitorCommand.class,
      PortsCommand.class,
      ScenesCommand.class,
      DoctorCommand.class
    })
public final class Main {
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"fovea " + Version.TEXT};
    }
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Terminal.system(), arguments));
  }

  /** Runs one command line and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    CommandLine line = new CommandLine(new Main(), new Factory(terminal));
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion.getCommandSpec().name("completion");
    line.addSubcommand(completion);
    line.addSubcommand(new HelpCommand());
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new FaultHandler(terminal));
    line.setExitCodeExceptionMapper(FaultHandler::exitCode);
    line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return line.execute(arguments);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values()).forEach(c -> codes.put(String.valueOf(c.code()), c.meaning()));
    return codes;
  }

  /** Hands the terminal to commands whose constructor wants it. */
  private record Factory(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
