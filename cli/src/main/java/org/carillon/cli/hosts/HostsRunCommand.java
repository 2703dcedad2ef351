package org.carillon.cli.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.cli.Converters;
import org.carillon.cli.Version;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandInput;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.HostTask;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hosts run}: a command on every host. */
@CommandLine.Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a command on every host, in the home folder, without a terminal. One word is a line for"
          + " sh; several are a program and its arguments, each passed on as it stands.",
      ""
    },
    footer = {
      "  hosts run -w node[01-32] -- uname -r",
      "  hosts run -w @gpu --prefix 'nvidia-smi -L | wc -l'",
      "  hosts run -w node[01-32] --input setup.sh --timeout 2m -- sh -s",
      "  hosts run -w node[01-32] --json -- cat /etc/machine-id | jq -r .out"
    })
final class HostsRunCommand implements Callable<Integer> {

  private CommandSpec spec;

  /** The options of the command to run are its own, also without {@code --}. */
  @Spec
  private void take(CommandSpec commandSpec) {
    spec = commandSpec;
    commandSpec.parser().stopAtPositional(true);
  }

  @Mixin private HostsWork work;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command; -- before it keeps its options from being taken for ours.")
  private List<String> words = List.of();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "What the command reads on every host (default: nothing).")
  private Path input;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = Converters.OfSeconds.class,
      description =
          "For the command on one host; it is killed there then (default: as --deadline).")
  private Duration timeout;

  @Option(
      names = "--prefix",
      description = "Every line with its host in front, as the hosts end, instead of folded.")
  private boolean prefix;

  @Option(
      names = "--json",
      description = "One JSON object a line for every host, as the hosts end.")
  private boolean json;

  @Override
  public Integer call() {
    if (words.isEmpty() || words.getFirst().isBlank()) {
      throw refuse("name a command, as in: hosts run -w node[01-32] -- uname -r");
    }
    if (prefix && json) {
      throw refuse("--prefix and --json are two forms of one output; choose one");
    }
    if (input != null && (Files.isDirectory(input) || !Files.isReadable(input))) {
      throw refuse("--input: there is no readable file " + input);
    }
    work.begin();
    HostsReport<CommandResult> report =
        json
            ? new HostsJson(spec.commandLine().getOut())
            : prefix ? new HostsLines(spec.commandLine().getOut()) : new HostsFolded();
    return work.on("the command", HostTask.running(command()), report, spec.commandLine().getOut());
  }

  private Command command() {
    Duration deadline = timeout == null ? work.deadline() : timeout;
    try {
      Command command =
          words.size() == 1
              ? Command.script(words.getFirst(), deadline)
              : Command.of(words, deadline);
      if (input != null) {
        command = command.withInput(CommandInput.of(input));
      }
      return work.silenceOfCommands().map(command::withSilence).orElse(command);
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
