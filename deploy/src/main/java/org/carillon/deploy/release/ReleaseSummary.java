package org.carillon.deploy.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.records.Attention;
import org.carillon.deploy.records.HostRecord;
import org.carillon.ssh.nodeset.NodeSet;

/** What a deployment came to: in a table by host, in a sentence, in an exit code. */
final class ReleaseSummary {
  private final Collection<HostStory> stories;
  private final boolean cancelled;
  private final boolean back;

  private ReleaseSummary(Collection<HostStory> stories, boolean cancelled, boolean back) {
    this.stories = stories;
    this.cancelled = cancelled;
    this.back = back;
  }

  /**
   * Where something was brought to hosts.
   *
   * @param cancelled whether somebody wished it to end early
   */
  static ReleaseSummary of(Collection<HostStory> stories, boolean cancelled) {
    return new ReleaseSummary(stories, cancelled, false);
  }

  /** Where hosts were to go back to the state before. */
  static ReleaseSummary ofUndo(Collection<HostStory> stories, boolean cancelled) {
    return new ReleaseSummary(stories, cancelled, true);
  }

  /** Whether a host has what was asked for. */
  boolean isReached(HostStory story) {
    return switch (story.outcome()) {
      case RELEASED, UNCHANGED -> true;
      case ROLLED_BACK -> back;
      case NOT_BEGUN -> back && !story.failed();
      case FAILED, UNSETTLED -> false;
    };
  }

  /**
   * How the process ends: 0 if all hosts have what was asked for, 2 if some have, or if all are
   * back and that is not the same release; 3 if it was stopped. If none has: the reason, where
   * nothing was changed and all that failed failed for one; else 1.
   */
  ExitCode exitCode() {
    long good = stories.stream().filter(this::isReached).count();
    if (good == stories.size()) {
      return !back || by(HostStory::now).size() == 1 ? ExitCode.SUCCESS : ExitCode.SOME_FAILED;
    }
    if (cancelled) {
      return ExitCode.ABORTED;
    }
    if (good > 0) {
      return ExitCode.SOME_FAILED;
    }
    Set<ExitCode> reasons =
        stories.stream()
            .filter(HostStory::failed)
            .map(HostStory::exitCode)
            .collect(Collectors.toSet());
    boolean unchanged = stories.stream().noneMatch(HostStory::touched);
    boolean all = stories.stream().allMatch(HostStory::failed);
    return unchanged && all && reasons.size() == 1
        ? reasons.iterator().next()
        : ExitCode.ALL_FAILED;
  }

  /** By host: what was in use before, what is now, what became of it, how long it took. */
  String table() {
    Table table = new Table("host", "before", "now", "outcome", "time");
    for (HostStory story : stories) {
      table.row(
          story.host(),
          story.before(),
          story.now(),
          story.outcome().words(),
          story.tookNs() == 0 ? "-" : DurationText.rounded(Duration.ofNanos(story.tookNs())));
    }
    return table.toString().stripTrailing();
  }

  /**
   * What is where now, and why not everything is as it was asked for.
   *
   * @param asked for: a release
   */
  String sentence(String asked) {
    List<String> parts = new ArrayList<>();
    Map<Outcome, NodeSet> byOutcome = by(HostStory::outcome);
    boolean good = exitCode() == ExitCode.SUCCESS && !back;
    if (good) {
      parts.add(asked + " is in use on " + counted(NodeSet.of(names(stories))));
    } else {
      if (cancelled) {
        parts.add("stopped on request");
      }
      byOutcome.forEach((outcome, hosts) -> parts.add(counted(hosts) + " " + outcome.words()));
      parts.addAll(ReleaseHosts.folded(reasons()));
    }
    Map<String, NodeSet> versions = by(HostStory::now);
    Optional<NodeSet> unknown = Optional.ofNullable(versions.remove(HostStory.UNKNOWN));
    Map<String, String> now = new LinkedHashMap<>();
    stories.stream()
        .filter(story -> !story.now().equals(HostStory.UNKNOWN))
        .forEach(story -> now.put(story.host(), shown(story.now())));
    Optional<String> attention = Attention.of(now);
    attention.ifPresent(parts::addFirst);
    if (attention.isEmpty() && !good) {
      versions.forEach(
          (version, hosts) ->
              parts.add(
                  "in use "
                      + unknown.map(any -> "on " + counted(hosts)).orElse("everywhere")
                      + ": "
                      + shown(version)));
    }
    unknown.ifPresent(hosts -> parts.add("nobody could look at " + hosts));
    return String.join("; ", parts) + ".";
  }

  /** Why hosts have not what was asked for, and what to do. */
  private Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (HostStory story : stories) {
      String reason = story.sentence() + consequence(story);
      if (!reason.isEmpty()) {
        reasons.put(story.host(), reason);
      }
    }
    return reasons;
  }

  /** What is to be done where nothing could be. */
  private static String consequence(HostStory story) {
    return story.outcome() == Outcome.FAILED && story.isAway()
        ? "; nothing was changed there now: run this again when it answers"
        : "";
  }

  private static String known(String version) {
    return version.equals(HostStory.NONE) || version.equals(HostStory.UNKNOWN) ? "" : version;
  }

  private static String shown(String version) {
    return version.equals(HostStory.NONE) ? "no release" : version;
  }

  private static String counted(NodeSet hosts) {
    return hosts.size() == 1 ? hosts.toString() : hosts.size() + " hosts (" + hosts + ")";
  }

  private <K> Map<K, NodeSet> by(java.util.function.Function<HostStory, K> key) {
    Map<K, List<String>> names = new LinkedHashMap<>();
    stories.forEach(
        story ->
            names.computeIfAbsent(key.apply(story), none -> new ArrayList<>()).add(story.host()));
    Map<K, NodeSet> sets = new LinkedHashMap<>();
    names.forEach((what, hosts) -> sets.put(what, NodeSet.of(hosts)));
    return sets;
  }

  private static List<String> names(Collection<HostStory> stories) {
    return stories.stream().map(HostStory::host).toList();
  }

  /** For the report. */
  List<HostRecord> records() {
    return stories.stream()
        .map(
            story ->
                new HostRecord(
                    story.host(),
                    known(story.before()),
                    known(story.now()),
                    story.outcome().words(),
                    isReached(story),
                    story.sentence()))
        .toList();
  }
}
