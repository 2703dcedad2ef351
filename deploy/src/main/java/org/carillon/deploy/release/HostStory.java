package org.carillon.deploy.release;

import java.util.Optional;
import org.carillon.core.ExitCode;

/** What is known of one host in the course of a deployment; several threads may add to it. */
final class HostStory {
  private final String host;
  private boolean looked;
  private Optional<String> before = Optional.empty();
  private Optional<String> now = Optional.empty();
  private Outcome outcome = Outcome.NOT_BEGUN;
  private String sentence = "";
  private ExitCode exitCode = ExitCode.SUCCESS;
  private String step = "";
  private boolean locked;
  private boolean touched;
  private boolean failed;
  private long beganNs;
  private long endedNs;

  HostStory(String host) {
    this.host = host;
  }

  String host() {
    return host;
  }

  /** The release in use was seen, before anything was done. */
  synchronized void found(Optional<String> current) {
    if (!touched) {
      looked = true;
      before = current;
      now = current;
    }
  }

  /** What was in use before a change that began earlier. */
  synchronized void foundBefore(Optional<String> id) {
    before = id;
  }

  /** A change is written down on it: from here on it must be finished or undone. */
  synchronized void touch(Optional<String> from, long ns) {
    looked = true;
    before = from;
    touched = true;
    if (beganNs == 0) {
      beganNs = ns;
    }
  }

  synchronized void uses(Optional<String> id) {
    now = id;
  }

  /** A step failed; the first reason counts. */
  synchronized void fail(ExitCode code, String why) {
    if (!failed) {
      failed = true;
      outcome = Outcome.FAILED;
      exitCode = code;
      sentence = why;
    }
  }

  /** It is over; a sentence is added to what is known. */
  synchronized void end(Outcome how, String more, long ns) {
    outcome = how;
    endedNs = ns;
    if (!more.isEmpty()) {
      sentence = sentence.isEmpty() ? more : sentence + "; " + more;
    }
  }

  /** A step begins. */
  synchronized void at(Step next) {
    step = next.word();
  }

  /** A complaint with the step that it is about, such as one about a connection in its midst. */
  synchronized String told(String complaint) {
    return step.isEmpty() || complaint.startsWith(step + ": ")
        ? complaint
        : step + ": " + complaint;
  }

  synchronized void lock() {
    locked = true;
  }

  synchronized void unlock() {
    locked = false;
  }

  /** Whether our lock is on it. */
  synchronized boolean locked() {
    return locked;
  }

  synchronized boolean touched() {
    return touched;
  }

  synchronized boolean failed() {
    return failed;
  }

  synchronized Outcome outcome() {
    return outcome;
  }

  synchronized ExitCode exitCode() {
    return exitCode;
  }

  /** Empty if nothing need be said. */
  synchronized String sentence() {
    return sentence;
  }

  /** The release in use before: its id, {@code none}, or {@code ?} if nobody could look. */
  synchronized String before() {
    return looked ? before.orElse("none") : "?";
  }

  synchronized String now() {
    return looked ? now.orElse("none") : "?";
  }

  /** From the first change on it to the end of it; 0 if nothing was changed. */
  synchronized long tookNs() {
    return beganNs == 0 || endedNs == 0 ? 0 : endedNs - beganNs;
  }
}
