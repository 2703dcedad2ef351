package org.carillon.deploy.release;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes that are to be taken back, by host. One that is proved everywhere and finished on one
 * host is not taken back on the others: that would leave two releases. Several threads may add.
 */
final class UnderWay {
  private final Map<String, Pending> open = new ConcurrentHashMap<>();

  /** By change: a host on which it is finished. */
  private final Map<String, String> finished = new ConcurrentHashMap<>();

  private final String resume;
  private final String rollback;

  /**
   * @param resume command that finishes a change
   * @param rollback command that leads back from a finished one
   */
  UnderWay(String resume, String rollback) {
    this.resume = resume;
    this.rollback = rollback;
  }

  /** A change is under way there. */
  void open(String host, Pending pending) {
    open.put(host, pending);
  }

  /** None is, and this was the last that was finished. */
  void finished(String host, String change) {
    finished.put(change, host);
  }

  /** Whether something is under way there that can be taken back. */
  boolean mayGoBack(String host) {
    return open.containsKey(host) && refusal(host).isEmpty();
  }

  /** By host: why what is under way there is not taken back, and what to do. */
  Map<String, String> refusals() {
    Map<String, String> refusals = new TreeMap<>();
    open.keySet().forEach(host -> refusal(host).ifPresent(why -> refusals.put(host, why)));
    return refusals;
  }

  private Optional<String> refusal(String host) {
    return Optional.of(open.get(host))
        .filter(Pending::proved)
        .map(Pending::change)
        .map(finished::get)
        .map(
            other ->
                Step.UNDO.word()
                    + ": "
                    + open.get(host).to()
                    + " was found to work everywhere and is finished on "
                    + other
                    + " already, so going back here would leave two releases: "
                    + resume
                    + " finishes it here, too, or "
                    + rollback
                    + " leads all back");
  }
}
