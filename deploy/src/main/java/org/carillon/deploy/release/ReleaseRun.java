package org.carillon.deploy.release;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.release.ReleaseHosts.Part;
import org.carillon.ssh.Host;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * One deployment on all of its hosts: everything that changes nothing on all of them first, then
 * the change, wave by wave; and back to the state before, wherever it was left, if more hosts fail
 * than may.
 */
final class ReleaseRun {

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMinutes(2);

  private static final Part PREPARATION =
      new Part("the preparation", AN_HOUR.plus(AN_HOUR), 2, true);
  private static final Part LOOK = new Part("the preparation", SHORT, 2, true);
  private static final Part BACKUP = new Part("the backup", AN_HOUR, 0, true);
  private static final Part PROVED = new Part("noting the proof", SHORT, 2, false);
  private static final Part FINISH = new Part("finishing", AN_HOUR, 2, false);
  private static final Part LEAVE = new Part("giving the lock back", SHORT, 1, false);

  private final ReleasePlan plan;
  private final Deployable deployable;
  private final ReleaseHosts hosts;
  private final Optional<Proof> proof;
  private final Cancellation cancellation;
  private final WayBack way;

  /**
   * @param proof empty to skip the tests
   */
  ReleaseRun(
      ReleasePlan plan, ReleaseHosts hosts, Optional<Proof> proof, Cancellation cancellation) {
    this.plan = plan;
    this.deployable = plan.deployable();
    this.hosts = hosts;
    this.proof = proof;
    this.cancellation = cancellation;
    this.way = new WayBack(plan, hosts);
  }

  /** Does it; what became of each host stands in its story. */
  void release() {
    say("brings %s to %s".formatted(plan.id(), hosts.fleet().names()));
    try {
      change();
    } finally {
      // Whatever went wrong: no host is left changed and locked without a word.
      try {
        way.back(hosts.those(way::mayGoBack), false);
      } finally {
        way.tell();
        leave();
      }
    }
  }

  /** Backs all hosts up, and changes nothing. */
  void backup() {
    say("backs %s up on %s".formatted(deployable.name(), hosts.fleet().names()));
    hosts
        .on(
            BACKUP,
            hosts.stories().keySet(),
            (story, host) -> {
              new HostPreparation(plan, story).open(host);
              new HostChange(plan, story).backup(host);
            })
        .forEach(host -> hosts.story(host).end(Outcome.UNCHANGED, "", 0));
    leave();
  }

  /** Takes every change that is under way back. */
  void undo() {
    say("takes back what is under way on " + hosts.fleet().names());
    try {
      UnderWay underWay = new UnderWay(plan.fleet());
      List<String> seen =
          hosts.on(LOOK, hosts.stories().keySet(), (story, host) -> look(story, host, underWay));
      List<String> unseen = hosts.those(story -> !seen.contains(story.host()));
      Map<String, HostOutcome<Boolean>> refused = new LinkedHashMap<>();
      underWay
          .refusals(unseen)
          .forEach(
              (host, why) ->
                  refused.put(host, new HostOutcome.NotDone<>(ExitCode.ALL_FAILED, why)));
      hosts.fail(refused);
      way.back(
          hosts.those(story -> underWay.isOn(story.host()) && !refused.containsKey(story.host())),
          false);
      way.tell();
    } finally {
      leave();
    }
  }

  private void look(HostStory story, Host host, UnderWay underWay) {
    Optional<Pending> open = new HostPreparation(plan, story).open(host);
    Optional<String> rollback = new CutOffRollback(plan).complaint(host);
    if (rollback.isPresent()) {
      underWay.turningBack(host.name(), rollback.get());
    } else if (open.isPresent()) {
      underWay.open(host.name(), open.get());
    } else {
      plan.releases().finished(host).ifPresent(it -> underWay.finished(host.name(), it));
    }
  }

  private void change() {
    Map<String, Boolean> prepared =
        hosts.ask(
            PREPARATION,
            hosts.stories().keySet(),
            (story, host) -> new HostPreparation(plan, story).prepare(host));
    List<String> due = prepared.keySet().stream().filter(prepared::get).toList();
    unchanged(prepared.keySet().stream().filter(host -> !prepared.get(host)).toList());
    List<String> redefined = hosts.those(HostStory::redefined);
    if (!redefined.isEmpty()) {
      say(
          NodeSet.of(redefined)
              + ": has "
              + plan.id()
              + " already, but its service was started in another way than the file says now, so it"
              + " is started anew");
    }
    Waves waves = Waves.of(due, hosts.stories().size(), deployable.rollout());
    if (!mayGoOn(waves)) {
      leaveAsItIs();
      return;
    }
    proof.ifPresent(it -> it.before(hosts.fleet().limitedTo(prepared.keySet())));
    for (int i = 0; i < waves.waves().size(); i++) {
      boolean canaries = i == 0 && waves.beginWithCanaries();
      List<String> wave = waves.waves().get(i);
      say(
          "changes %s (%swave %d of %d)"
              .formatted(
                  NodeSet.of(wave), canaries ? "canary, " : "", i + 1, waves.waves().size()));
      wave(wave);
      boolean canaryDied = canaries && wave.stream().anyMatch(this::failed);
      if (!mayGoOn(waves) || canaryDied) {
        // All go back together, so that none waits for one that is gone.
        return;
      }
      way.back(
          hosts.those(
              story ->
                  wave.contains(story.host())
                      && story.failed()
                      && story.touched()
                      && way.mayGoBack(story)),
          true);
    }
    finish();
  }

  /** What an earlier deployment has begun is not taken back by one that could not go on with it. */
  private void leaveAsItIs() {
    String sentence =
        "the change that is under way there was left as it is: "
            + plan.fleet().command("deploy resume")
            + " goes on with it, with --undo it is taken back; until then its service may be down";
    hosts
        .those(WayBack::isOpen)
        .forEach(
            host -> hosts.story(host).end(Outcome.UNSETTLED, sentence, plan.clock().monotonicNs()));
  }

  private void unchanged(List<String> names) {
    names.forEach(host -> hosts.story(host).end(Outcome.UNCHANGED, "", 0));
    if (!names.isEmpty()) {
      say(NodeSet.of(names) + ": " + plan.id() + " is in use already, and healthy");
    }
  }

  private boolean mayGoOn(Waves waves) {
    return hosts.failures() <= waves.tolerated() && !cancellation.requested();
  }

  private boolean failed(String host) {
    return hosts.story(host).failed();
  }

  private void wave(List<String> wave) {
    Duration deadline =
        deployable
            .service()
            .map(it -> it.stop().deadline().plus(it.health().window()).plus(AN_HOUR))
            .orElse(AN_HOUR);
    List<String> healthy =
        hosts.on(
            new Part("the change", deadline, 1, true),
            wave,
            (story, host) -> new HostChange(plan, story).change(host));
    if (!healthy.isEmpty() && !cancellation.requested()) {
      // Who skips the tests takes them for passed.
      List<String> passed =
          proof
              .map(it -> new WaveProof(plan, hosts, it, cancellation).passed(healthy))
              .orElse(healthy);
      hosts.on(PROVED, passed, (story, host) -> new HostChange(plan, story).prove(host));
    }
  }

  private void finish() {
    List<String> good = hosts.those(story -> story.touched() && !story.failed());
    hosts.on(FINISH, good, (story, host) -> new HostChange(plan, story).finish(host));
    for (String host : good) {
      if (failed(host)) {
        hosts
            .story(host)
            .end(
                Outcome.UNSETTLED,
                plan.id()
                    + " is in use there and works, but is not marked good: "
                    + plan.fleet().command("deploy resume"),
                plan.clock().monotonicNs());
      }
    }
  }

  private void leave() {
    Map<String, String> kept = new LinkedHashMap<>();
    hosts
        .attempt(
            LEAVE,
            hosts.those(HostStory::locked),
            (story, host) -> new HostPreparation(plan, story).leave(host))
        .forEach(
            (host, outcome) -> {
              if (!outcome.succeeded()) {
                kept.put(host, outcome.sentence());
              }
            });
    ReleaseHosts.folded(kept).forEach(plan.record()::warn);
  }

  private void say(String line) {
    plan.record().info(line);
  }
}
