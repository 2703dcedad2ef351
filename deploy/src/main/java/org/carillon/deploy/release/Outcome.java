package org.carillon.deploy.release;

/** What became of a host. */
public enum Outcome {
  /** It has the new release, which works. */
  RELEASED("released", true),
  /** It had it before, and it works. */
  UNCHANGED("unchanged", true),
  /** It is in the state before. */
  ROLLED_BACK("rolled back", false),
  /** Something failed before anything was changed. */
  FAILED("failed", false),
  /** Nothing failed, and nothing was changed. */
  NOT_BEGUN("not begun", false),
  /** It went away in the middle, or going back failed: its sentence says what to do. */
  UNSETTLED("unsettled", false);

  private final String words;
  private final boolean good;

  Outcome(String words, boolean good) {
    this.words = words;
    this.good = good;
  }

  /** As it stands in tables and reports. */
  public String words() {
    return words;
  }

  /** Whether it has the release that was asked for. */
  public boolean isGood() {
    return good;
  }
}
