package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.core.Count;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.Attention;
import org.carillon.deploy.records.HostRecord;
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
   * @param fleet to which it was done
   * @param records of each host of the plan
   * @param own ID of the backups of what was there before
   */
  static String sentence(Fleet fleet, RollbackPlan plan, List<HostRecord> records, BackupId own) {
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
      Goal goal = plan.goal().again();
      Fleet again = goal instanceof Goal.LastGood ? fleet : some(fleet, left);
      parts.add(
          "%s did not go back to %s: each says what is there now; when that is mended, go on with %s"
              .formatted(
                  Count.of(left.size(), all, "host"),
                  plan.goal(),
                  again.command("rollback", "--to", goal.toString())));
    }
    if (!ill.isEmpty()) {
      parts.add(
          "%s went back to %s but %s not well there: each says what is wrong"
              .formatted(
                  Count.of(ill.size(), all, "host"), plan.goal(), ill.size() == 1 ? "is" : "are"));
    }
    if (!restored.isEmpty() && left.isEmpty() && ill.isEmpty()) {
      parts.add(
          "%s went back to %s".formatted(Count.of(restored.size(), all, "host"), plan.goal())
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
              + " with "
              + some(fleet, changed).command("rollback", "--to", own.text()));
    }
    List<HostRecord> unseen =
        records.stream().filter(record -> record.now().equals(HostRecord.UNKNOWN)).toList();
    if (!unseen.isEmpty()) {
      parts.add("nobody could look at " + hosts(unseen));
    }
    Map<String, String> now = new LinkedHashMap<>();
    records.stream()
        .filter(record -> !record.now().isEmpty() && !record.now().equals(HostRecord.UNKNOWN))
        .forEach(record -> now.put(record.host(), record.now()));
    Attention.of(now).ifPresent(parts::addFirst);
    return String.join("; ", parts) + ".";
  }

  private static NodeSet hosts(List<HostRecord> records) {
    return NodeSet.of(records.stream().map(HostRecord::host).toList());
  }

  private static Fleet some(Fleet fleet, List<HostRecord> records) {
    return fleet.limitedTo(hosts(records).names());
  }
}
