package org.carillon.core;

/** The exit codes of every executable; a script may rely on their numbers. */
public enum ExitCode {
  SUCCESS(0, "success"),
  ALL_FAILED(1, "all nodes failed"),
  SOME_FAILED(2, "some nodes or some of the work failed"),
  ABORTED(3, "aborted"),
  CONNECTION(4, "connection"),
  USAGE(5, "usage or configuration"),
  TIMEOUT(6, "timeout"),
  NO_DATA(7, "no data"),
  CLOCKS(8, "clocks not good enough"),
  INTERNAL(70, "a fault of ours");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** What the number means, in the words that {@code --help} prints. */
  public String meaning() {
    return meaning;
  }
}
