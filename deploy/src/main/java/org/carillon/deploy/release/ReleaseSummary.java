package org.carillon.deploy.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.records.HostRecord;
import org.carillon.ssh.nodeset.NodeSet;

/** What a deployment came to: in a table by host, in a sentence, in an exit code. */
final class ReleaseSummary {
  private final Collection<HostStory> stories;
  private final boolean cancelled;

  /**
   * @param cancelled whether somebody wished it to end early
   */
  ReleaseSummary(Collection<HostStory> stories, boolean cancelled) {
    this.stories = stories;
    this.cancelled = cancelled;
  }

  /**
   * How the process ends: 0 if all hosts have what was asked for, 2 if some have, 3 if it was
   * stopped. If none has: the reason, where nothing was changed and all that failed failed for one;
   * else 1.
   */
  ExitCode exitCode() {
    long good = stories.stream().filter(story -> story.outcome().isGood()).count();
    if (good == stories.size()) {
      return ExitCode.SUCCESS;
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
          story.tookNs() == 0 ? "–" : DurationText.rounded(Duration.ofNanos(story.tookNs())));
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
    boolean good = exitCode() == ExitCode.SUCCESS;
    if (good) {
      parts.add(asked + " is in use on " + counted(NodeSet.of(names(stories))));
    } else {
      if (cancelled) {
        parts.add("stopped on request");
      }
      byOutcome.forEach((outcome, hosts) -> parts.add(counted(hosts) + " " + outcome.words()));
      for (HostStory story : stories) {
        if (!story.sentence().isEmpty()) {
          parts.add(story.host() + ": " + story.sentence());
        }
      }
    }
    Map<String, NodeSet> versions = by(HostStory::now);
    if (versions.size() > 1) {
      parts.add(
          "ATTENTION, the hosts differ now: "
              + versions.entrySet().stream()
                  .map(entry -> entry.getValue() + " has " + shown(entry.getKey()))
                  .collect(Collectors.joining(", ")));
    } else if (!good) {
      parts.add("in use everywhere: " + shown(versions.keySet().iterator().next()));
    }
    return String.join("; ", parts) + ".";
  }

  private static String shown(String version) {
    return switch (version) {
      case "?" -> "something unknown";
      case "none" -> "no release";
      default -> version;
    };
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
                    story.before(),
                    story.now(),
                    story.outcome().words(),
                    story.outcome().isGood(),
                    story.sentence()))
        .toList();
  }
}
