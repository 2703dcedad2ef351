package org.carillon.deploy.records;

/**
 * What an action came to on one host.
 *
 * @param before version that was current before; empty if none was, {@link #UNKNOWN} if nobody
 *     could look
 * @param now version that is current now, likewise
 * @param outcome in a word or two: {@code ok}, {@code rolled back}, {@code unreachable}
 * @param succeeded whether it is what was asked for
 * @param sentence what is where now, or why it failed and what to do; may be empty
 */
public record HostRecord(
    String host, String before, String now, String outcome, boolean succeeded, String sentence) {

  /** Stands for a version that nobody could look at. */
  public static final String UNKNOWN = "?";

  HostRecord redacted() {
    return new HostRecord(host, before, now, outcome, succeeded, Redactor.text(sentence));
  }
}
