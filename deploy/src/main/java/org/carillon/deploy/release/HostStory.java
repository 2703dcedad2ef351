package org.carillon.deploy.release;

import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.deploy.records.HostRecord;
import org.carillon.ssh.fanout.HostOutcome;

/** What is known of one host in the course of a deployment; several threads may add to it. */
final class HostStory {

  /** Stands for a release where none is in use. */
  static final String NONE = "-";

  /** Stands for a release where nobody could look. */
  static final String UNKNOWN = HostRecord.UNKNOWN;

  private final String host;
  private boolean looked;
  private Optional<String> before = Optional.empty();
  private Optional<String> now = Optional.empty();
  private Optional<String> back = Optional.empty();
  private Outcome outcome = Outcome.NOT_BEGUN;
  private String sentence = "";
  private Optional<Step> step = Optional.empty();
  private boolean locked;
  private boolean staged;
  private boolean touched;
  private boolean redefined;
  private Optional<Pending> found = Optional.empty();
  private boolean lost;
  private Optional<HostOutcome<Boolean>> failure = Optional.empty();
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

  /** A change is written down on it: from here on it must be finished or undone. */
  synchronized void touch(Optional<String> from, long ns) {
    looked = true;
    before = from;
    takeBack(from, ns);
  }

  /** A change is written down on it that began earlier, and shall be undone. */
  synchronized void takeBack(Optional<String> from, long ns) {
    back = from;
    touched = true;
    if (beganNs == 0) {
      beganNs = ns;
    }
  }

  /** An earlier deployment began a change there, with which this one goes on. */
  synchronized void goOn(Pending earlier) {
    found = Optional.of(earlier);
  }

  /** What an earlier deployment began there; empty if nothing. */
  synchronized Optional<Pending> found() {
    return found;
  }

  /** Whether an earlier deployment found that the release works there. */
  synchronized boolean proved() {
    return found.filter(Pending::proved).isPresent();
  }

  /** Its service was started in another way than the file says now. */
  synchronized void redefine() {
    redefined = true;
  }

  synchronized boolean redefined() {
    return redefined;
  }

  synchronized void uses(Optional<String> id) {
    now = id;
    lost = false;
  }

  /** It went away in the middle of a change: which release it has is not known any more. */
  synchronized void lose() {
    lost = true;
  }

  synchronized boolean lost() {
    return lost;
  }

  /** Whether it has the new release, which works. */
  synchronized boolean hasIt() {
    return outcome == Outcome.RELEASED || outcome == Outcome.UNCHANGED;
  }

  /** Whether it failed because nobody could get there, or not in time. */
  synchronized boolean isAway() {
    return exitCode() == ExitCode.CONNECTION || exitCode() == ExitCode.TIMEOUT;
  }

  /** A step failed; the first reason counts. */
  synchronized void fail(HostOutcome<Boolean> how, String why) {
    if (failure.isEmpty()) {
      failure = Optional.of(how);
      outcome = Outcome.FAILED;
      sentence = why;
    }
  }

  /** What became of it, for a list of hosts that did not reach what was asked for. */
  synchronized HostOutcome<Boolean> failure() {
    String told = sentence.isEmpty() ? outcome.words() : outcome.words() + ": " + sentence;
    return failure
        .map(how -> how.saying(told))
        .orElseGet(() -> new HostOutcome.NotDone<>(ExitCode.ABORTED, told));
  }

  /** It is over; a sentence is added to what is known. */
  synchronized void end(Outcome how, String more, long ns) {
    outcome = how;
    endedNs = ns;
    if (!more.isEmpty()) {
      sentence = sentence.isEmpty() ? more : sentence + "; " + more;
    }
  }

  /** Whether this was in use before its change. */
  synchronized boolean began(Optional<String> id) {
    return back.equals(id);
  }

  /** A step begins. One that is taken again, since a later one was cut off, is no news. */
  synchronized void at(Step next) {
    if (step.filter(known -> known.compareTo(next) > 0).isEmpty()) {
      step = Optional.of(next);
    }
  }

  /** The furthest step that was begun; empty if none was. */
  synchronized Optional<Step> step() {
    return step;
  }

  /** A complaint with the step that it is about, such as one about a connection in its midst. */
  synchronized String told(String complaint) {
    String prefix = step.map(Step::word).orElse("connect") + ": ";
    boolean names = Stream.of(Step.values()).anyMatch(it -> complaint.startsWith(it.word() + ": "));
    return names ? complaint : prefix + complaint;
  }

  synchronized void lock() {
    locked = true;
  }

  synchronized void unlock() {
    locked = false;
  }

  /** The release is there, complete. */
  synchronized void stage() {
    staged = true;
  }

  synchronized boolean staged() {
    return staged;
  }

  /** Whether our lock is on it, or may be. */
  synchronized boolean locked() {
    return locked;
  }

  synchronized boolean touched() {
    return touched;
  }

  synchronized boolean failed() {
    return failure.isPresent();
  }

  /** Whether anything came of it. */
  synchronized boolean ended() {
    return outcome != Outcome.NOT_BEGUN;
  }

  synchronized Outcome outcome() {
    return outcome;
  }

  synchronized ExitCode exitCode() {
    return failure.map(HostOutcome::exitCode).orElse(ExitCode.SUCCESS);
  }

  /** Empty if nothing need be said. */
  synchronized String sentence() {
    return sentence;
  }

  /** The release in use before: its id, {@link #NONE}, or {@link #UNKNOWN}. */
  synchronized String before() {
    return looked ? before.orElse(NONE) : UNKNOWN;
  }

  /** The release in use now, likewise. */
  synchronized String now() {
    return looked && !lost ? now.orElse(NONE) : UNKNOWN;
  }

  /** Whether a release is in use there, or nobody could look. */
  synchronized boolean mayUse(String id) {
    return !looked || now.equals(Optional.of(id));
  }

  /** From the first change on it to the end of it; 0 if nothing was changed. */
  synchronized long tookNs() {
    return beganNs == 0 || endedNs == 0 ? 0 : endedNs - beganNs;
  }
}
