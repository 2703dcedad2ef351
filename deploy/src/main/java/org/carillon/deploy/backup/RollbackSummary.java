package org.carillon.deploy.backup;

import java.util.List;
import java.util.SequencedMap;
import org.carillon.core.ExitCode;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** What became of a rollback, in words. */
final class RollbackSummary {

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
   * Of all of them, and what to type next.
   *
   * @param own ID of the backups of what was there before
   */
  static String sentence(
      RollbackPlan plan, SequencedMap<String, HostOutcome<Boolean>> outcomes, BackupId own) {
    List<String> bad =
        outcomes.keySet().stream().filter(name -> !outcomes.get(name).succeeded()).toList();
    int all = outcomes.size();
    String undo = plan.restores() && bad.size() < all ? "; undo it with --to " + own : "";
    if (bad.isEmpty()) {
      return "%d of %d hosts went back to %s%s.".formatted(all, all, plan.goal(), undo);
    }
    // All of them again would lead those that did go back to where they came from.
    return "%d of %d hosts did not go back to %s: each says what is there now; when that is mended, go on with --to %s --limit '%s'%s."
        .formatted(
            bad.size(),
            all,
            plan.goal(),
            plan.goal(),
            NodeSet.of(bad),
            undo.isEmpty() ? "" : "; undo the others with --to " + own);
  }
}
