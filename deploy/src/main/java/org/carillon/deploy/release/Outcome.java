package org.carillon.deploy.release;

/** What became of a host. */
public enum Outcome {
  /** It has the new release, which works. */
  RELEASED("released"),
  /** It had it before, and it works. */
  UNCHANGED("unchanged"),
  /** It is in the state before. */
  ROLLED_BACK("rolled back"),
  /** Something failed before anything was changed. */
  FAILED("failed"),
  /** Nothing failed, and nothing was changed. */
  NOT_BEGUN("not begun"),
  /** It went away in the middle, or going back failed: its sentence says what to do. */
  UNSETTLED("unsettled");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** As it stands in tables and reports. */
  public String words() {
    return words;
  }
}
