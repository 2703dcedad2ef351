package org.carillon.deploy.release;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * Changes that are to be taken back, by host. One that is finished on another host, or may be on
 * one where nobody could look, is not taken back unless that is asked for: it would leave two
 * releases. Several threads may add.
 */
final class UnderWay {
  private final Map<String, Pending> open = new ConcurrentHashMap<>();
  private final Map<String, FinishedRelease> finished = new ConcurrentHashMap<>();
  private final Map<String, String> turningBack = new ConcurrentHashMap<>();
  private final Fleet fleet;

  UnderWay(Fleet fleet) {
    this.fleet = fleet;
  }

  /** A change is under way there. */
  void open(String host, Pending pending) {
    open.put(host, pending);
  }

  /** Whether one is. */
  boolean isOn(String host) {
    return open.containsKey(host);
  }

  /**
   * A rollback was cut off there, which is not for us to go on with.
   *
   * @param complaint that says so
   */
  void turningBack(String host, String complaint) {
    turningBack.put(host, complaint);
  }

  /** None is, and this is in use. */
  void finished(String host, FinishedRelease release) {
    finished.put(host, release);
  }

  /**
   * Once all hosts were looked at: by host, why what is under way there is not taken back, and what
   * to do.
   *
   * @param unseen hosts where nobody could look
   */
  Map<String, String> refusals(Collection<String> unseen) {
    Map<String, String> reasons = new TreeMap<>();
    open.forEach((host, pending) -> reason(pending, unseen).ifPresent(it -> reasons.put(host, it)));
    String anyway = fleet.limitedTo(reasons.keySet()).command("deploy resume", "--undo");
    reasons.replaceAll(
        (host, reason) ->
            "%s: %s %s, or %s takes it back here all the same"
                .formatted(Step.UNDO.word(), open.get(host).to(), reason, anyway));
    turningBack.forEach(
        (host, complaint) -> reasons.put(host, Step.UNDO.word() + ": " + complaint));
    return reasons;
  }

  private Optional<String> reason(Pending pending, Collection<String> unseen) {
    List<String> others =
        finished.keySet().stream().filter(host -> finished.get(host).finishes(pending)).toList();
    if (!others.isEmpty()) {
      return Optional.of(
          "is finished on %s already, so going back here would leave two releases: %s finishes it here, too, %s leads all back"
              .formatted(
                  NodeSet.of(others),
                  fleet.command("deploy resume"),
                  fleet.command("rollback", "--to", "last-good")));
    }
    return unseen.isEmpty() || !isProved()
        ? Optional.empty()
        : Optional.of(
            "may be finished on %s, where nobody could look, so going back here could leave two releases: run this again when that is mended"
                .formatted(NodeSet.of(unseen)));
  }

  /** Whether all could be finished: nothing is finished before it is proved on every host. */
  private boolean isProved() {
    return open.values().stream().allMatch(Pending::proved);
  }
}
