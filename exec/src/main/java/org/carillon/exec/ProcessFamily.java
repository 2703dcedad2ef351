package org.carillon.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.time.ClockSource;

/**
 * A process that leads a session, and all that it started: what is in its session, whatever process
 * group, and what inherited its environment, for a daemon leaves the session. Found by proc(5).
 * Processes are ended by id and start time, so that no other one is hit.
 */
final class ProcessFamily {

  /** After SIGTERM; an abort has to be over within 3 s. */
  private static final Duration TERMINATION_GRACE = Duration.ofMillis(1_500);

  /** After SIGKILL, which takes effect at once, but on a machine that is busy. */
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final long session;
  private final String mark;
  private final ClockSource clock;

  /**
   * @param session the leader's process id
   * @param mark a variable and its value, which no other environment has
   */
  ProcessFamily(long session, String mark, ClockSource clock) {
    this.session = session;
    this.mark = mark;
    this.clock = clock;
  }

  /**
   * Ends those that are left: with SIGTERM, and with SIGKILL if that does not do.
   *
   * @return those that are still there, though nothing survives SIGKILL for so long
   */
  List<Long> end() throws InterruptedException {
    members().forEach(ProcessHandle::destroy);
    if (!await(TERMINATION_GRACE, false)) {
      await(KILL_GRACE, true);
    }
    return members().map(ProcessHandle::pid).toList();
  }

  /** Waits until none is left; killing, it meets those that are born meanwhile as well. */
  private boolean await(Duration grace, boolean kill) throws InterruptedException {
    long deadlineNs = clock.monotonicNs() + grace.toNanos();
    while (clock.monotonicNs() < deadlineNs) {
      List<ProcessHandle> left = members().toList();
      if (left.isEmpty()) {
        return true;
      }
      if (kill) {
        left.forEach(ProcessHandle::destroyForcibly);
      }
      clock.sleep(LOOK_AGAIN);
    }
    return false;
  }

  private Stream<ProcessHandle> members() {
    return ProcessHandle.allProcesses().filter(process -> isMember(process.pid()));
  }

  private boolean isMember(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    // After the program's name, which may hold anything: state, parent, group, session.
    String stat = content(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 5);
    if (fields.length < 5 || "ZX".contains(fields[0])) {
      return false; // dead, and only not yet noticed by its parent
    }
    return fields[3].equals(Long.toString(session))
        || ("\0" + content(proc.resolve("environ"))).contains("\0" + mark + "\0");
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended, or belongs to somebody else
    }
  }
}
