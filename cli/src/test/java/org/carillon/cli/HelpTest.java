package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every executable and of every word that may follow it. */
class HelpTest {

  static Stream<CommandLine> commands() throws ReflectiveOperationException {
    Stream.Builder<CommandLine> commands = Stream.builder();
    for (String name :
        new String[] {
          "analyze",
          "clockcheck",
          "coordinator",
          "deploy",
          "hosts",
          "rollback",
          "timeserver",
          "validate",
          "worker"
        }) {
      CommandLine command = Executable.commandLine(Executable.command(name));
      commands.add(command);
      command.getSubcommands().values().forEach(commands::add);
    }
    return commands.build();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsATerminalAndHasNothingThatCannotBeLaidOut(CommandLine command) {
    PrintStream before = System.err;
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    String help;
    try {
      help = command.setUsageHelpAutoWidth(false).getUsageMessage();
    } finally {
      System.setErr(before);
    }
    assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(help).contains("Examples:");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }
}
