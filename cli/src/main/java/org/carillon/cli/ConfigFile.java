package org.carillon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.core.experiment.OptionFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Options from a YAML file, beneath those of the command line. */
final class ConfigFile {

  /** The option that names the file, and those that only print something. */
  private static final Set<String> NOT_IN_A_FILE = Set.of("config", "help", "version");

  private ConfigFile() {}

  /**
   * Parses the command line again with the file's options added, save those that stand on it.
   *
   * @param commandLine that has been parsed
   * @throws ParameterException if a value in the file is no good
   */
  static void apply(Path file, CommandLine commandLine) {
    Set<String> known = new TreeSet<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      known.add(option.longestName().substring(2));
    }
    known.removeAll(NOT_IN_A_FILE);
    ParseResult parsed = commandLine.getParseResult();
    List<String> arguments = new ArrayList<>();
    for (OptionFile.Setting setting : OptionFile.read(file, known)) {
      String option = "--" + setting.name();
      if (!parsed.hasMatchedOption(option)) {
        check(setting, option, commandLine);
        arguments.add(option + "=" + setting.value());
      }
    }
    arguments.addAll(parsed.originalArgs()); // Last, since a command may stand at their end.
    commandLine.parseArgs(arguments.toArray(String[]::new));
  }

  /** Tries the value alone, so that a complaint about it can say where it stands. */
  private static void check(OptionFile.Setting setting, String option, CommandLine commandLine) {
    try {
      commandLine.parseArgs(option + "=" + setting.value());
    } catch (ParameterException e) {
      throw new ParameterException(commandLine, setting.at() + ": " + e.getMessage(), e);
    }
  }
}
