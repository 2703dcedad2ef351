package org.carillon.ssh;

class LocalDetachedTest extends DetachedContract {
  private final Host host = new LocalHost("here");

  @Override
  Host host() {
    return host;
  }
}
