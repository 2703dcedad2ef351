package org.carillon.deploy.release;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.ssh.Host;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.fanout.HostTask;

/**
 * One deployment on all of its hosts: everything that changes nothing on all of them first, then
 * the change, wave by wave; and back to the state before, wherever it was left, if more hosts fail
 * than may.
 */
final class ReleaseRun {

  /** How many hosts at once: a piece of the parcel is in memory for each. */
  private static final int WIDTH = 32;

  private static final Duration BRINGING = Duration.ofHours(2);
  private static final Duration BACKING_UP = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMinutes(2);

  private final Fleet fleet;
  private final Deployable deployable;
  private final HostChange.Plan plan;
  private final Optional<Proof> proof;
  private final Cancellation cancellation;
  private final SequencedMap<String, HostStory> stories = new LinkedHashMap<>();
  private final SequencedMap<String, HostChange> changes = new LinkedHashMap<>();

  /**
   * @param proof empty to skip the tests
   */
  ReleaseRun(Fleet fleet, HostChange.Plan plan, Optional<Proof> proof, Cancellation cancellation) {
    this.fleet = fleet;
    this.deployable = fleet.deployable();
    this.plan = plan;
    this.proof = proof;
    this.cancellation = cancellation;
    for (String name : fleet.names().names()) {
      HostStory story = new HostStory(name);
      stories.put(name, story);
      changes.put(name, new HostChange(plan, story));
    }
  }

  /** Does it; what became of each host stands in the stories. */
  SequencedMap<String, HostStory> release() {
    say("brings %s to %s".formatted(plan.id(), fleet.names()));
    try {
      change();
    } finally {
      // Whatever went wrong: no host is left changed and locked without a word.
      try {
        undoOthers();
      } finally {
        unlock();
      }
    }
    return stories;
  }

  private void change() {
    Map<String, Boolean> prepared =
        onAll("the preparation", stories.keySet(), BRINGING, 2, true, HostChange::prepare);
    prepared.forEach((host, due) -> unchanged(host, due));
    List<String> due = prepared.keySet().stream().filter(host -> prepared.get(host)).toList();
    Waves waves = Waves.of(due, stories.size(), deployable.rollout());
    if (mayGoOn(waves.tolerated())) {
      proof.ifPresent(it -> it.before(fleet.limitedTo(prepared.keySet())));
      boolean well = true;
      for (int i = 0; i < waves.waves().size() && well; i++) {
        boolean canaries = i == 0 && waves.beginWithCanaries();
        List<String> wave = waves.waves().get(i);
        wave(wave, i + 1, waves.waves().size(), canaries);
        boolean canaryDied = canaries && wave.stream().anyMatch(host -> stories.get(host).failed());
        well = mayGoOn(waves.tolerated()) && !canaryDied;
        if (well) {
          // Otherwise all go back together, so that none waits for one that is gone.
          undo(wave.stream().filter(this::failedMidway).toList(), true);
        }
      }
      if (well) {
        finish();
      }
    }
  }

  /** Backs all hosts up, and changes nothing. */
  SequencedMap<String, HostStory> backup() {
    say("backs %s up on %s".formatted(deployable.name(), fleet.names()));
    onAll("the backup", stories.keySet(), BACKING_UP, 0, true, doing(HostChange::backup))
        .keySet()
        .forEach(host -> stories.get(host).end(Outcome.UNCHANGED, "", 0));
    unlock();
    return stories;
  }

  /** Takes every change that is under way back. */
  SequencedMap<String, HostStory> undo() {
    say("takes back what is under way on " + fleet.names());
    onAll("the preparation", stories.keySet(), SHORT, 2, true, doing(this::open));
    undo(stories.keySet().stream().filter(host -> !stories.get(host).failed()).toList(), false);
    unlock();
    return stories;
  }

  private void open(HostChange change, Host host) {
    change.lock(host);
    HostStory story = stories.get(host.name());
    story.found(plan.releases().current(host));
    plan.releases().pending(host).ifPresent(open -> story.foundBefore(open.from()));
  }

  private void unchanged(String host, boolean due) {
    if (!due) {
      stories.get(host).end(Outcome.UNCHANGED, "", 0);
      say(host + ": has " + plan.id() + " already, and it is healthy");
    }
  }

  private boolean mayGoOn(int tolerated) {
    return failures() <= tolerated && !cancellation.requested();
  }

  private long failures() {
    return stories.values().stream().filter(HostStory::failed).count();
  }

  private void wave(List<String> hosts, int number, int of, boolean canaries) {
    say(
        "changes %s (%s%d of %d)"
            .formatted(String.join(",", hosts), canaries ? "canary, wave " : "wave ", number, of));
    Duration deadline =
        deployable
            .service()
            .map(it -> it.stop().deadline().plus(it.health().window()).plus(BACKING_UP))
            .orElse(BACKING_UP);
    List<String> healthy =
        List.copyOf(
            onAll("the change", hosts, deadline, 1, true, doing(HostChange::change)).keySet());
    if (!healthy.isEmpty() && proof.isPresent() && !cancellation.requested()) {
      prove(healthy);
    }
    List<String> good = healthy.stream().filter(host -> !stories.get(host).failed()).toList();
    onAll("noting the proof", good, SHORT, 2, false, doing(HostChange::prove));
  }

  private boolean failedMidway(String host) {
    return stories.get(host).failed() && stories.get(host).touched();
  }

  private void prove(List<String> hosts) {
    if (deployable.service().isPresent() && cancellation.await(deployable.rollout().soak())) {
      return;
    }
    for (String host : hosts) {
      stories.get(host).at(Step.VALIDATE);
      plan.record().steps().begin(host, Step.VALIDATE.word(), plan.id());
    }
    Map<String, String> complaints;
    try {
      complaints = proof.orElseThrow().complaints(fleet.limitedTo(hosts), plan.id());
    } catch (CarillonException e) {
      for (String host : hosts) {
        plan.record().steps().failed(host, Step.VALIDATE.word(), e.getMessage());
        fail(host, e.exitCode(), host + ": " + Step.VALIDATE.word() + ": " + e.getMessage());
      }
      return;
    }
    for (String host : hosts) {
      String complaint = complaints.get(host);
      if (complaint == null) {
        plan.record().steps().done(host, Step.VALIDATE.word(), plan.id());
      } else {
        plan.record().steps().failed(host, Step.VALIDATE.word(), complaint);
        fail(host, ExitCode.ALL_FAILED, host + ": " + Step.VALIDATE.word() + ": " + complaint);
      }
    }
  }

  private void finish() {
    List<String> good =
        stories.values().stream()
            .filter(story -> story.touched() && !story.failed())
            .map(HostStory::host)
            .toList();
    onAll("finishing", good, BACKING_UP, 2, false, doing(HostChange::finish));
    for (String host : good) {
      if (stories.get(host).failed()) {
        stories
            .get(host)
            .end(
                Outcome.UNSETTLED,
                plan.id() + " is in use there and works, but is not marked good: " + remedy(""),
                plan.clock().monotonicNs());
      }
    }
  }

  /** Whatever was touched and is neither finished nor back. */
  private void undoOthers() {
    List<String> open =
        stories.values().stream()
            .filter(HostStory::touched)
            .filter(
                story -> story.outcome() == Outcome.NOT_BEGUN || story.outcome() == Outcome.FAILED)
            .map(HostStory::host)
            .toList();
    undo(open, false);
  }

  private void undo(List<String> hosts, boolean blame) {
    if (hosts.isEmpty()) {
      return;
    }
    say("takes " + String.join(",", hosts) + " back to the state before");
    outcomes(
            "going back",
            hosts,
            BACKING_UP,
            2,
            () -> false,
            (change, host) -> {
              change.undo(host, blame || isToBlame(stories.get(host.name())));
              return true;
            })
        .forEach(
            (host, outcome) -> {
              if (!outcome.succeeded()) {
                stories.get(host).fail(outcome.exitCode(), outcome.sentence());
                String sentence =
                    "it could not be taken back: " + without(host, outcome.sentence());
                stories
                    .get(host)
                    .end(
                        Outcome.UNSETTLED,
                        sentence + "; when it answers again: " + remedy(" --undo"),
                        plan.clock().monotonicNs());
                plan.record().error(host + ": " + sentence);
              }
            });
  }

  /** A host that was only stopped says nothing of the release. */
  private static boolean isToBlame(HostStory story) {
    return story.failed() && story.exitCode() != ExitCode.ABORTED;
  }

  private static String without(String host, String sentence) {
    String prefix = host + ": ";
    return sentence.startsWith(prefix) ? sentence.substring(prefix.length()) : sentence;
  }

  private static String remedy(String option) {
    return "`deploy resume FILE.yaml" + option + "`";
  }

  private void unlock() {
    List<String> reached =
        stories.values().stream().filter(HostStory::locked).map(HostStory::host).toList();
    outcomes("giving the lock back", reached, SHORT, 1, () -> false, doing(HostChange::unlock))
        .forEach(
            (host, outcome) -> {
              if (!outcome.succeeded()) {
                plan.record().warn(outcome.sentence());
              }
            });
  }

  /** One part of a change on one host. */
  private interface Part {
    boolean on(HostChange change, Host host);
  }

  private interface Doing {
    void on(HostChange change, Host host);
  }

  private static Part doing(Doing doing) {
    return (change, host) -> {
      doing.on(change, host);
      return true;
    };
  }

  /** Does a part on hosts; those where it failed are noted, the others returned. */
  private SequencedMap<String, Boolean> onAll(
      String what,
      Collection<String> hosts,
      Duration deadline,
      int retries,
      boolean mayBeStopped,
      Part part) {
    SequencedMap<String, Boolean> done = new LinkedHashMap<>();
    outcomes(what, hosts, deadline, retries, () -> mayBeStopped && cancellation.requested(), part)
        .forEach(
            (host, outcome) ->
                outcome
                    .yielded()
                    .ifPresentOrElse(
                        value -> done.put(host, value),
                        () -> fail(host, outcome.exitCode(), outcome.sentence())));
    return done;
  }

  private SequencedMap<String, HostOutcome<Boolean>> outcomes(
      String what,
      Collection<String> hosts,
      Duration deadline,
      int retries,
      BooleanSupplier stop,
      Part part) {
    SequencedMap<String, HostSource> sources = new LinkedHashMap<>(fleet.hosts());
    sources.keySet().retainAll(List.copyOf(hosts));
    HostTask<Boolean> task = host -> part.on(changes.get(host.name()), host);
    return FanOut.run(
        FanOutSettings.of(what, deadline.multipliedBy(FanOutSettings.turns(hosts.size(), WIDTH)))
            .withWidth(WIDTH)
            .withRetries(retries)
            .withStop(stop),
        sources,
        task.mayBeRepeated(),
        new Retelling(plan.record()));
  }

  /** Says that a host is tried again. */
  private record Retelling(ActionRecord record) implements FanOutListener {
    @Override
    public void again(String host, HostOutcome<?> failure, Duration pause) {
      record.warn(failure.sentence() + "; tried again in " + DurationText.rounded(pause));
    }
  }

  private void fail(String host, ExitCode code, String sentence) {
    Consumer<String> said = code == ExitCode.ABORTED ? plan.record()::info : plan.record()::error;
    String told = stories.get(host).told(without(host, sentence));
    said.accept(host + ": " + told);
    stories.get(host).fail(code, told);
  }

  private void say(String line) {
    plan.record().info(line);
  }
}
