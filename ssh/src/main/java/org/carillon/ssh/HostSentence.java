package org.carillon.ssh;

/** Sentences about a host begin with its name; where the name stands already they go without it. */
public final class HostSentence {

  private HostSentence() {}

  /**
   * A sentence without the host's name before it.
   *
   * @param host whose name may stand before it
   */
  public static String bare(String host, String sentence) {
    String prefix = host + ": ";
    return sentence.startsWith(prefix) ? sentence.substring(prefix.length()) : sentence;
  }
}
