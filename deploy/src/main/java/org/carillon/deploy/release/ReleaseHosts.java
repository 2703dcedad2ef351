package org.carillon.deploy.release;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.fanout.HostTask;

/** The hosts of one deployment, what is known of each, and how a part of it is done on many. */
final class ReleaseHosts {

  /** How many hosts at once: a piece of the parcel is in memory for each. */
  private static final int WIDTH = 32;

  private final Fleet fleet;
  private final ActionRecord record;
  private final Cancellation cancellation;
  private final SequencedMap<String, HostStory> stories = new LinkedHashMap<>();

  ReleaseHosts(Fleet fleet, ActionRecord record, Cancellation cancellation) {
    this.fleet = fleet;
    this.record = record;
    this.cancellation = cancellation;
    fleet.names().names().forEach(name -> stories.put(name, new HostStory(name)));
  }

  /**
   * A part of a deployment.
   *
   * @param what it is, for messages
   * @param deadline for as many hosts as have their turn at once
   * @param retries on a host that was cut off in its midst
   * @param mayBeStopped whether it ends when somebody wishes to stop
   */
  record Part(String what, Duration deadline, int retries, boolean mayBeStopped) {}

  /** What a part does on a host, and whether there is more to do there. */
  interface Task {
    boolean on(HostStory story, Host host);
  }

  Fleet fleet() {
    return fleet;
  }

  /** What is known of each host, by its name. */
  SequencedMap<String, HostStory> stories() {
    return Collections.unmodifiableSequencedMap(stories);
  }

  HostStory story(String host) {
    return stories.get(host);
  }

  /** The names of those of which something is so, in their order. */
  List<String> those(Predicate<HostStory> condition) {
    return stories.values().stream().filter(condition).map(HostStory::host).toList();
  }

  /** How many have failed. */
  int failures() {
    return those(HostStory::failed).size();
  }

  /** Does a part; those where it failed are noted, the others returned with what it found. */
  SequencedMap<String, Boolean> ask(Part part, Collection<String> hosts, Task task) {
    SequencedMap<String, Boolean> done = new LinkedHashMap<>();
    SequencedMap<String, HostOutcome<Boolean>> failed = outcomes(part, hosts, task);
    failed.forEach((host, outcome) -> outcome.yielded().ifPresent(value -> done.put(host, value)));
    failed.keySet().removeAll(done.keySet());
    fail(failed);
    return done;
  }

  /** As above, for a part that finds nothing. Returns the names of those where it was done. */
  List<String> on(Part part, Collection<String> hosts, BiConsumer<HostStory, Host> task) {
    return List.copyOf(ask(part, hosts, doing(task)).keySet());
  }

  /** Does a part, and leaves it to the caller what a failure means. */
  SequencedMap<String, HostOutcome<Boolean>> attempt(
      Part part, Collection<String> hosts, BiConsumer<HostStory, Host> task) {
    return outcomes(part, hosts, doing(task));
  }

  private static Task doing(BiConsumer<HostStory, Host> task) {
    return (story, host) -> {
      task.accept(story, host);
      return true;
    };
  }

  private SequencedMap<String, HostOutcome<Boolean>> outcomes(
      Part part, Collection<String> hosts, Task task) {
    SequencedMap<String, HostSource> sources = new LinkedHashMap<>(fleet.hosts());
    sources.keySet().retainAll(List.copyOf(hosts));
    HostTask<Boolean> onHost = host -> task.on(stories.get(host.name()), host);
    int turns = FanOutSettings.turns(hosts.size(), WIDTH);
    return FanOut.run(
        FanOutSettings.of(part.what(), part.deadline().multipliedBy(turns))
            .withWidth(WIDTH)
            .withRetries(part.retries())
            .withStop(() -> part.mayBeStopped() && cancellation.requested()),
        sources,
        onHost.mayBeRepeated(),
        new Retelling(record));
  }

  /** Says that a host is tried again. */
  private record Retelling(ActionRecord record) implements FanOutListener {
    @Override
    public void again(String host, HostOutcome<?> failure, Duration pause) {
      record.warn(failure.sentence() + "; tried again in " + DurationText.rounded(pause));
    }
  }

  /** Notes failures, and says each reason once. */
  void fail(Map<String, HostOutcome<Boolean>> failures) {
    Map<String, String> stopped = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    failures.forEach(
        (host, outcome) -> {
          String told = stories.get(host).told(HostSentence.bare(host, outcome.sentence()));
          stories.get(host).fail(outcome, told);
          (outcome.exitCode() == ExitCode.ABORTED ? stopped : failed).put(host, told);
        });
    folded(stopped).forEach(record::info);
    folded(failed).forEach(record::error);
  }

  /** A line for each sentence that hosts have in common. */
  static List<String> folded(Map<String, String> sentences) {
    return Folding.foldSentences(sentences).stream()
        .map(same -> same.hosts() + ": " + same.text())
        .toList();
  }
}
