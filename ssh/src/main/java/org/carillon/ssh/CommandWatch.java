package org.carillon.ssh;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.carillon.core.time.DurationText;

/** Watches one running command until it has ended or has broken one of its limits. */
final class CommandWatch {
  private final String host;
  private final Command command;
  private final Deadline deadline;

  /** Rings when one of the outputs has ended, which is when most commands have. */
  private final Semaphore ends = new Semaphore(0);

  final CappedOutput out;
  final CappedOutput err;

  /** What it was given to read so far, the script included. */
  final AtomicLong fedBytes = new AtomicLong();

  CommandWatch(String host, Command command, Deadline deadline) {
    this(host, command, deadline, output -> {});
  }

  /**
   * @param heard what is done whenever it has written something to its standard output
   */
  CommandWatch(String host, Command command, Deadline deadline, Consumer<CappedOutput> heard) {
    this.host = host;
    this.command = command;
    this.deadline = deadline;
    this.out = new CappedOutput(CommandResult.OUTPUT_CAP_BYTES, heard, ends::release);
    this.err = new CappedOutput(CommandResult.OUTPUT_CAP_BYTES, output -> {}, ends::release);
  }

  /**
   * Returns when the command is done.
   *
   * @param done whether it has ended and all of its output has arrived
   * @param ended whether it has ended, though its output may still be held open
   * @throws HostException if a limit was broken; the command still runs then
   */
  void await(BooleanSupplier done, BooleanSupplier ended) {
    long heardBytes = 0;
    Deadline silence = silence();
    while (!done.getAsBoolean()) {
      if (out.overflowed() || err.overflowed()) {
        throw new HostException(
            HostException.Kind.TOO_MUCH_OUTPUT,
            host,
            "`%s` wrote more than %d MiB and was killed; let it write to a file and download that"
                .formatted(command.summary(), CommandResult.OUTPUT_CAP_BYTES >> 20));
      }
      if (deadline.passed()) {
        throw timeout(ended.getAsBoolean());
      }
      long movedBytes = out.receivedBytes() + err.receivedBytes() + fedBytes.get();
      if (movedBytes > heardBytes) {
        heardBytes = movedBytes;
        silence = silence();
      }
      if (silence.passed()) {
        throw new HostException(
            HostException.Kind.TIMEOUT,
            host,
            "`%s` wrote nothing for %s and was killed".formatted(command.summary(), silence));
      }
      pause();
    }
  }

  /** Instead of a limit that was broken before the command had begun, and never will. */
  HostException notBegun(HostException broken) {
    String complaint =
        "`%s` did not begin within %s, and does not begin any more"
            .formatted(command.summary(), DurationText.format(command.deadline()));
    return new HostException(HostException.Kind.TIMEOUT, host, complaint, broken);
  }

  private Deadline silence() {
    return command.silence().map(Deadline::in).orElse(deadline);
  }

  private HostException timeout(boolean ended) {
    String what =
        ended
            ? "`%s` ended, but something it left behind held its output open for more than %s;"
                + " redirect the output of what shall stay"
            : "`%s` did not end within %s and was killed";
    return new HostException(
        HostException.Kind.TIMEOUT,
        host,
        what.formatted(command.summary(), DurationText.format(command.deadline())));
  }

  private void pause() {
    try {
      deadline.pause(ends);
    } catch (InterruptedException e) {
      throw interrupted(host, "`" + command.summary() + "`", e);
    }
  }

  /** Keeps the thread's interrupt flag and says what was given up. */
  static HostException interrupted(String host, String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new HostException(
        HostException.Kind.INTERRUPTED, host, what + " was given up on request", cause);
  }
}
