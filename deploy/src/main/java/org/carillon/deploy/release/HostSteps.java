package org.carillon.deploy.release;

import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;

/**
 * Takes the steps of one host. Each is on record before it begins, and a failure names the host,
 * the step, and why.
 */
final class HostSteps {
  private final ActionRecord record;
  private final HostStory story;

  HostSteps(ActionRecord record, HostStory story) {
    this.record = record;
    this.story = story;
  }

  /**
   * Takes a step.
   *
   * @param detail for the record
   * @throws HostException of the same kind as the one that ended it, with the name of the step
   */
  void take(Host host, Step step, String detail, Runnable work) {
    ask(
        host,
        step,
        detail,
        () -> {
          work.run();
          return true;
        });
  }

  /** As above, for a step that finds something out. */
  <T> T ask(Host host, Step step, String detail, Supplier<T> work) {
    story.at(step);
    note(step, () -> record.steps().begin(host.name(), step.word(), detail));
    try {
      T result = work.get();
      note(step, () -> record.steps().done(host.name(), step.word(), detail));
      return result;
    } catch (HostException e) {
      // The way there is tried again from the first step on; it broke in a later one.
      Step told = e.kind().isAway() ? story.step().orElse(step) : step;
      throw new HostException(e.kind(), host.name(), failed(host, told, e.getMessage()), e);
    } catch (CarillonException e) {
      throw new CarillonException(
          e.exitCode(), host.name() + ": " + failed(host, step, e.getMessage()), e);
    }
  }

  /** Notes that a step failed. Returns the complaint with the step's name, without the host's. */
  private String failed(Host host, Step step, String message) {
    String complaint =
        step.word() + ": " + HostSentence.bare(host.name(), message).replaceFirst("\\.$", "");
    note(Step.UNDO, () -> record.steps().failed(host.name(), step.word(), complaint));
    return complaint;
  }

  /** Without a record nothing is changed, but what went wrong is taken back and told anyway. */
  private void note(Step step, Runnable line) {
    try {
      line.run();
    } catch (CarillonException e) {
      if (step != Step.UNDO) {
        throw e;
      }
      record.warn(e.getMessage());
    }
  }
}
