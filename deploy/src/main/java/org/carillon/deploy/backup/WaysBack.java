package org.carillon.deploy.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;

/** Where the words that name no backup would lead each host. */
final class WaysBack {

  private static final List<Goal> WORDS =
      List.of(new Goal.LastGood(Optional.empty()), new Goal.Previous());

  private WaysBack() {}

  /**
   * One line for a word and hosts that it leads to the same release; none where it leads nowhere.
   */
  static String text(SequencedMap<String, HostOutcome<BackupList>> seen) {
    StringBuilder text = new StringBuilder();
    for (Goal word : WORDS) {
      Goal goal = word.among(Rollback.lists(seen));
      Map<String, String> targets = new LinkedHashMap<>();
      seen.forEach(
          (name, outcome) ->
              outcome
                  .yielded()
                  .flatMap(there -> target(goal.choose(there), there))
                  .ifPresent(target -> targets.put(name, target)));
      Folding.fold(targets)
          .forEach(one -> text.append("%s: %s on %s\n".formatted(word, one.text(), one.who())));
    }
    return text.toString();
  }

  private static Optional<String> target(Choice choice, BackupList there) {
    return switch (choice) {
      case Choice.Restore(BackupHeader backup) -> backup.version().or(() -> Optional.of("nothing"));
      case Choice.Nothing nothing -> there.version().map(id -> id + ", as it is,");
      case Choice.Impossible impossible -> Optional.empty();
    };
  }

  /** The same of one host, with the backup that would be restored, for programs. */
  static void put(
      ObjectNode node, BackupList there, SequencedMap<String, HostOutcome<BackupList>> seen) {
    for (Goal word : WORDS) {
      String key = word.toString().replace('-', '_');
      switch (word.among(Rollback.lists(seen)).choose(there)) {
        case Choice.Restore(BackupHeader backup) ->
            node.putObject(key)
                .put("version", backup.version().orElse(null))
                .put("backup", backup.id().text());
        case Choice.Nothing nothing ->
            node.putObject(key).put("version", there.version().orElse(null)).putNull("backup");
        case Choice.Impossible impossible -> node.putNull(key);
      }
    }
  }
}
