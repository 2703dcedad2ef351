package org.carillon.deploy.release;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.release.ReleaseHosts.Part;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** How hosts go back to the state before, and what is told of those that could not. */
final class WayBack {
  private static final Part RETURN = new Part("going back", Duration.ofHours(1), 2, false);

  private final ReleasePlan plan;
  private final ReleaseHosts hosts;

  WayBack(ReleasePlan plan, ReleaseHosts hosts) {
    this.plan = plan;
    this.hosts = hosts;
  }

  /** Touched, and neither finished nor back. */
  static boolean isOpen(HostStory story) {
    return story.touched()
        && (story.outcome() == Outcome.NOT_BEGUN || story.outcome() == Outcome.FAILED);
  }

  /**
   * What was proved before, and is or may be finished on other hosts, stays: else there would be
   * two.
   */
  boolean mayGoBack(HostStory story) {
    return isOpen(story) && !(story.proved() && (!finished().isEmpty() || !perhaps().isEmpty()));
  }

  private List<String> finished() {
    return hosts.those(HostStory::hasIt);
  }

  /** Where nobody could look now; none, if the earlier deployment had not proved it everywhere. */
  private List<String> perhaps() {
    boolean unproved = !hosts.those(it -> it.found().isPresent() && !it.proved()).isEmpty();
    return unproved
        ? List.of()
        : hosts.those(story -> story.failed() && !story.touched() && story.mayUse(plan.id()));
  }

  private void leaveProved(String host) {
    String where =
        finished().isEmpty()
            ? "may be finished on " + NodeSet.of(perhaps()) + ", where nobody could look,"
            : "is finished on other hosts,";
    String sentence =
        "%s %s so it was not taken back here: %s goes on with it, or %s leads all back"
            .formatted(
                plan.id(),
                where,
                plan.fleet().command("deploy resume"),
                plan.fleet().command("rollback", "--to", "last-good"));
    hosts.story(host).end(Outcome.UNSETTLED, sentence, plan.clock().monotonicNs());
  }

  /**
   * Takes these hosts back.
   *
   * @param blame whether the release failed on all of them, and not only where a step did
   */
  void back(Collection<String> names, boolean blame) {
    if (names.isEmpty()) {
      return;
    }
    plan.record().info("takes " + NodeSet.of(names) + " back to the state before");
    names.forEach(host -> hosts.story(host).at(Step.UNDO));
    Map<String, String> lost = new LinkedHashMap<>();
    hosts
        .attempt(
            RETURN,
            names,
            (story, host) -> new HostReturn(plan, story).undo(host, blame || isToBlame(story)))
        .forEach(
            (host, outcome) -> {
              if (!outcome.succeeded()) {
                lost.put(host, unsettled(host, outcome));
              }
            });
    ReleaseHosts.folded(lost).forEach(plan.record()::error);
  }

  private String unsettled(String host, HostOutcome<Boolean> outcome) {
    HostStory story = hosts.story(host);
    String reason = story.told(HostSentence.bare(host, outcome.sentence()));
    String sentence = "it could not be taken back: " + reason;
    story.fail(outcome, "");
    story.lose();
    story.end(Outcome.UNSETTLED, sentence, plan.clock().monotonicNs());
    return sentence;
  }

  /** Once all is over: what became of those that are neither finished nor back, and what to do. */
  void tell() {
    hosts.those(WayBack::isOpen).forEach(this::leaveProved);
    advise();
  }

  /** Where going back failed: the way to what the others have, once all is over. */
  private void advise() {
    boolean stays = !hosts.those(HostStory::hasIt).isEmpty();
    Fleet fleet = plan.fleet();
    String way = stays ? fleet.command("deploy resume") : fleet.command("deploy resume", "--undo");
    for (String host : hosts.those(HostStory::lost)) {
      HostStory story = hosts.story(host);
      String when = story.isAway() ? "when it answers again: " : "when that is mended: ";
      story.end(Outcome.UNSETTLED, when + way, plan.clock().monotonicNs());
    }
  }

  /** A host that was only stopped says nothing of the release. */
  private static boolean isToBlame(HostStory story) {
    return story.failed() && story.exitCode() != ExitCode.ABORTED;
  }
}
