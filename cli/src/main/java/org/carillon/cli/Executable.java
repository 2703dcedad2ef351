package org.carillon.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Runs a command class as a process: parses, maps every outcome to an {@link ExitCode}, and turns
 * faults into one sentence on standard error.
 */
public final class Executable {

  /** Answered before the command line is modelled, which takes longer than all else of a start. */
  private static final Set<String> VERSION_OPTIONS = Set.of("--version", "-V");

  private Executable() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(Object command, String[] args) {
    StandardOutput output = StandardOutput.install();
    if (args.length == 1 && VERSION_OPTIONS.contains(args[0])) {
      System.out.println(Version.line());
      end(told(ExitCode.SUCCESS.code(), output));
    }
    CommandLine commandLine = commandLine(command);
    int exitCode;
    try {
      exitCode = commandLine.execute(args);
    } catch (Error fault) { // picocli lets these pass
      exitCode = report(fault, commandLine);
    }
    exitCode = told(exitCode, output);
    Signals.ended(exitCode);
    end(exitCode);
  }

  /** Whoever reads no answer because the disk was full must not take that for success. */
  private static int told(int exitCode, StandardOutput output) {
    Optional<String> complaint = output.complaint();
    complaint.ifPresent(System.err::println);
    return complaint.isPresent() && exitCode == ExitCode.SUCCESS.code()
        ? ExitCode.SOME_FAILED.code()
        : exitCode;
  }

  /** As System.exit, which would first search every jar for something that logs exits. */
  private static void end(int exitCode) {
    System.err.flush();
    Runtime.getRuntime().halt(exitCode); // the only shutdown hook, of Signals, is for signals
  }

  /** A new command object of the executable with this name, such as {@code worker}. */
  static Object command(String name) throws ReflectiveOperationException {
    String room =
        switch (name) {
          case "deploy", "rollback", "validate" -> "deploy.";
          case "hosts" -> "hosts.";
          default -> "";
        };
    return Class.forName(
            "org.carillon.cli."
                + room
                + name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1)
                + "Command")
        .getDeclaredConstructor()
        .newInstance();
  }

  /** The command, ready to execute; its return value is the exit code. */
  static CommandLine commandLine(Object command) {
    CommandLine commandLine =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setUsageHelpLongOptionsMaxWidth(32)
            .setParameterExceptionHandler(Executable::refuseArguments)
            .setExecutionExceptionHandler(Executable::explain);
    spellChoices(commandLine);
    layOutHelp(commandLine);
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      spellChoices(subcommand);
      layOutHelp(subcommand);
    }
    return commandLine;
  }

  /** Complaints about a choice then have its words as the help has them. */
  private static void spellChoices(CommandLine commandLine) {
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      Class<?> type = option.auxiliaryTypes()[0]; // of the elements, if there may be several
      if (type.isEnum()) {
        registerChoice(type, commandLine);
      }
    }
  }

  private static <T> void registerChoice(Class<T> type, CommandLine commandLine) {
    commandLine.registerConverter(type, new Converters.OfChoice<>(type));
  }

  private static void layOutHelp(CommandLine commandLine) {
    Map<String, String> meanings = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> meanings.put(String.valueOf(code.code()), code.meaning()));
    UsageMessageSpec help = commandLine.getCommandSpec().usageMessage();
    help.descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .footerHeading(help.footer().length == 0 ? "" : "%nExamples:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(meanings);
  }

  private static int refuseArguments(CommandLine.ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + firstLine(fault.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(fault, err)) {
      err.println("Try '" + name + " --help'.");
    }
    return ExitCode.USAGE.code();
  }

  private static int explain(
      Exception fault, CommandLine command, CommandLine.ParseResult parseResult) {
    String name = command.getCommandSpec().qualifiedName();
    LoggerFactory.getLogger(Executable.class).debug("{} failed", name, fault);
    if (fault instanceof CarillonException known) {
      command.getErr().println(name + ": " + known.getMessage());
      return known.exitCode().code();
    }
    return report(fault, command);
  }

  private static int report(Throwable fault, CommandLine command) {
    if (fault instanceof OutOfMemoryError) {
      command
          .getErr()
          .println(
              command.getCommandSpec().qualifiedName()
                  + ": there was not enough memory ("
                  + fault.getMessage()
                  + "); if the input is that large, give it more, such as"
                  + " CARILLON_JAVA_OPTIONS=-Xmx4g in the environment.");
      return ExitCode.INTERNAL.code();
    }
    command
        .getErr()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": internal error: "
                + fault
                + "; run it again with --log-level DEBUG and report what it prints.");
    return ExitCode.INTERNAL.code();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
