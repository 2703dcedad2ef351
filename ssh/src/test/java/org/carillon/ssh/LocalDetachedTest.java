package org.carillon.ssh;

class LocalDetachedTest extends DetachedContract {
  private final Host host = new LocalHost("here");

  @Override
  Host host() {
    return host;
  }

  /** A build under nohup, or in the background of a script, ignores HUP or INT. */
  @Override
  long ignoredByStarter() {
    return ignored(ProcessHandle.current().pid());
  }
}
