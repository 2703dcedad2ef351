package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.carillon.deploy.records.HostRecord;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** What became of a rollback, in words. */
final class RollbackSummary {

  /** Of a host on which nothing was restored, but the service did not run. */
  static final String STARTED = "started";

  private RollbackSummary() {}

  /** Of one host, for a column of a table. */
  static String word(HostOutcome<Boolean> outcome) {
    return switch (outcome) {
      case HostOutcome.Ok<Boolean> ok -> "ok";
      case HostOutcome.TimedOut<Boolean> late -> late.word();
      case HostOutcome.Unreachable<Boolean> away -> away.word();
      case HostOutcome.Authentication<Boolean> closed -> closed.word();
      case HostOutcome.RemoteExit<Boolean> refused -> "failed";
      // It did not answer when it was asked what it has.
      case HostOutcome.NotDone<Boolean>(ExitCode code, String why) ->
          switch (code) {
            case CONNECTION -> "unreachable";
            case TIMEOUT -> "timeout";
            default -> "failed";
          };
    };
  }

  /**
   * Of all of them, what is where now if that is not the same everywhere, and what to type next.
   *
   * @param records of each host of the plan
   * @param own ID of the backups of what was there before
   */
  static String sentence(RollbackPlan plan, List<HostRecord> records, BackupId own) {
    List<HostRecord> kept = new ArrayList<>();
    List<HostRecord> restored = new ArrayList<>();
    List<HostRecord> ill = new ArrayList<>();
    List<HostRecord> left = new ArrayList<>();
    for (HostRecord record : records) {
      RollbackPlan.Entry entry = plan.entries().get(record.host());
      boolean isRestore = entry.choice().backup().isPresent();
      boolean isBack = isRestore && record.now().equals(entry.target());
      if (record.succeeded()) {
        (isRestore ? restored : kept).add(record);
      } else {
        (isBack && !record.now().equals(record.before()) ? ill : left).add(record);
      }
    }
    int all = records.size();
    List<String> parts = new ArrayList<>();
    if (!left.isEmpty()) {
      // All of them again would lead those that did go back to where they came from; but last-good
      // is a matter of all hosts, and done twice leads no further.
      String rest = plan.goal() instanceof Goal.LastGood ? "" : " --limit '" + hosts(left) + "'";
      parts.add(
          "%d of %d hosts did not go back to %s: each says what is there now; when that is mended, go on with --to %s%s"
              .formatted(left.size(), all, plan.goal(), plan.goal(), rest));
    }
    if (!ill.isEmpty()) {
      parts.add(
          "%d of %d hosts went back to %s but are not well there: each says what is wrong"
              .formatted(ill.size(), all, plan.goal()));
    }
    if (!restored.isEmpty() && left.isEmpty() && ill.isEmpty()) {
      parts.add(
          "%d of %d hosts went back to %s".formatted(restored.size(), all, plan.goal())
              + (kept.isEmpty() ? "" : ", and %d had it already".formatted(kept.size())));
    }
    if (kept.size() == all) {
      parts.add("nothing was to be restored: " + plan.goal() + " is in use already");
    }
    List<HostRecord> started =
        kept.stream().filter(record -> record.outcome().equals(STARTED)).toList();
    if (!started.isEmpty()) {
      parts.add("the service did not run on " + hosts(started) + " and was started");
    }
    List<HostRecord> changed = Stream.concat(restored.stream(), ill.stream()).toList();
    if (!changed.isEmpty()) {
      parts.add(
          (left.isEmpty() ? "undo it" : "undo the others")
              + " with --to "
              + own
              + (changed.size() == all ? "" : " --limit '" + hosts(changed) + "'"));
    }
    return String.join("; ", parts) + attention(records) + ".";
  }

  private static String attention(List<HostRecord> records) {
    Map<String, String> now = new LinkedHashMap<>();
    records.stream()
        .filter(record -> !record.now().isEmpty())
        .forEach(record -> now.put(record.host(), record.now()));
    List<Folding.Folded> folded = Folding.fold(now);
    return folded.size() < 2
        ? ""
        : folded.stream()
            .map(one -> one.hosts() + (one.hosts().size() == 1 ? " has " : " have ") + one.text())
            .collect(Collectors.joining(", ", "; ATTENTION, the hosts differ now: ", ""));
  }

  private static NodeSet hosts(List<HostRecord> records) {
    return NodeSet.of(records.stream().map(HostRecord::host).toList());
  }
}
