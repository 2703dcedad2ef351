package org.carillon.core.time;

/** A clock that does what another does, but for what its subclass does otherwise. */
public abstract class ForwardingClock implements ClockSource {

  private final ClockSource base;

  /**
   * @param base the other
   */
  protected ForwardingClock(ClockSource base) {
    this.base = base;
  }

  /** The clock that this one is made from. */
  protected final ClockSource base() {
    return base;
  }

  @Override
  public long realtimeNs() {
    return base.realtimeNs();
  }

  @Override
  public long localNs(long realtimeNs) {
    return base.localNs(realtimeNs);
  }

  @Override
  public long monotonicNs() {
    return base.monotonicNs();
  }

  @Override
  public long rawNs() {
    return base.rawNs();
  }

  @Override
  public boolean rawIsFreeRunning() {
    return base.rawIsFreeRunning();
  }

  @Override
  public long suspendedNs() {
    return base.suspendedNs();
  }

  @Override
  public boolean knowsTrueTime() {
    return base.knowsTrueTime();
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    base.sleepUntil(deadlineNs);
  }

  @Override
  public void spinUntil(long deadlineNs) {
    base.spinUntil(deadlineNs);
  }

  @Override
  public String specification() {
    return base.specification();
  }
}
