package org.carillon.deploy.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * Breaks a deployment off at a step: a command has its effect, and its answer never comes. From
 * then on either the one host cannot be reached, or the deployment is dead and reaches none.
 */
final class Fault {

  /** What happens. */
  enum Kind {
    KILLED,
    CUT
  }

  /** Nothing that is killed handles this. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Kind kind;
  private final Step step;
  private final String victim;
  private final int commandsBefore;
  private final Path reports;
  private int seen;
  private boolean struck;

  /**
   * @param step at which it happens
   * @param victim the host on which it does
   * @param commandsBefore so many commands of the step are done before the one that is not answered
   * @param reports folder of the deployment's reports, which tell the step
   */
  Fault(Kind kind, Step step, String victim, int commandsBefore, Path reports) {
    this.kind = kind;
    this.step = step;
    this.victim = victim;
    this.commandsBefore = commandsBefore;
    this.reports = reports;
  }

  Host over(Host real) {
    return new Breaking(real);
  }

  synchronized boolean struck() {
    return struck;
  }

  private void requireAlive(String host) {
    if (struck() && kind == Kind.KILLED) {
      throw new Killed();
    }
    if (struck() && host.equals(victim)) {
      throw new HostException(
          HostException.Kind.UNREACHABLE, host, "no connection to 10.0.0.7 port 22 within 10 s");
    }
  }

  private synchronized boolean strikes(String host) {
    if (struck || !host.equals(victim)) {
      return false;
    }
    boolean within = isUnderWay(host);
    // A step of fewer commands is struck by the one behind it.
    struck = within ? seen == commandsBefore : seen > 0;
    seen += within ? 1 : 0;
    return struck;
  }

  /** Whether the last step that was begun on a host is the one. */
  private boolean isUnderWay(String host) {
    try (Stream<Path> all = Files.list(reports)) {
      Path steps =
          all.filter(Files::isDirectory)
              .max(Comparator.comparing(Path::getFileName))
              .orElseThrow()
              .resolve("steps.jsonl");
      List<String> lines =
          Files.readAllLines(steps).stream()
              .filter(line -> line.contains("\"host\":\"" + host + "\""))
              .toList();
      return !lines.isEmpty()
          && lines.getLast().contains("\"step\":\"" + step.word() + "\",\"event\":\"begin\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Breaking extends ForwardingHost {
    Breaking(Host real) {
      super(real);
    }

    private <T> T then(Supplier<T> call) {
      requireAlive(name());
      boolean strikes = strikes(name());
      T result = call.get();
      if (strikes && kind == Kind.KILLED) {
        throw new Killed();
      }
      if (strikes) {
        throw new HostException(HostException.Kind.LOST, name(), "the connection broke");
      }
      return result;
    }

    @Override
    public CommandResult run(Command command) {
      return then(() -> super.run(command));
    }

    @Override
    public void download(String remote, Path localFile, Duration deadline) {
      then(
          () -> {
            super.download(remote, localFile, deadline);
            return localFile;
          });
    }
  }
}
