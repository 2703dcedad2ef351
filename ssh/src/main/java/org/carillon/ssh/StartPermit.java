package org.carillon.ssh;

/**
 * Whether a command may begin on a host that was asked to begin it: once the host has said which
 * process it will be, and never if it was given up before. Its text is sent no sooner, so that what
 * a host gets round to later is no command any more, and cannot run beside its own repetition.
 */
final class StartPermit {
  private enum State {
    ASKED,
    GIVEN,
    WITHDRAWN
  }

  private final CommandMark mark;
  private State state = State.ASKED;

  StartPermit(CommandMark mark) {
    this.mark = mark;
  }

  /** The host has written something. */
  synchronized void heard(CappedOutput out) {
    if (state == State.ASKED && mark.isIn(out.text())) {
      state = State.GIVEN;
      notifyAll();
    }
  }

  /** Waits until it is known whether it may begin. */
  synchronized boolean await() {
    try {
      while (state == State.ASKED) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return state == State.GIVEN;
  }

  /**
   * It is given up, or is over.
   *
   * @return whether it never begins
   */
  synchronized boolean withdraw() {
    if (state == State.ASKED) {
      state = State.WITHDRAWN;
      notifyAll();
    }
    return state == State.WITHDRAWN;
  }
}
