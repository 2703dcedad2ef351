package org.carillon.cli;

import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Which options stand on a command line that has been parsed. */
final class Given {

  private Given() {}

  /** The options of the group with this one in it. */
  static List<String> groupOf(CommandSpec spec, String option) {
    return spec.argGroups().stream()
        .map(group -> group.options().stream().map(OptionSpec::longestName).toList())
        .filter(names -> names.contains(option))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Complains of the first of these options that stands there.
   *
   * @param reason what follows its name, such as {@code needs --agents}
   */
  static void refuse(CommandSpec spec, Collection<String> options, String reason) {
    options.stream()
        .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
        .findFirst()
        .ifPresent(
            option -> {
              throw new ParameterException(spec.commandLine(), option + " " + reason);
            });
  }
}
