package org.carillon.deploy.backup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.core.ExitCode;
import org.carillon.deploy.records.Redactor;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.Tally;

/**
 * What a rollback is to do.
 *
 * @param entries by host, in the order of the file
 */
public record RollbackPlan(Goal goal, SequencedMap<String, Entry> entries) {

  public RollbackPlan {
    entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
  }

  /**
   * One host.
   *
   * @param version in use; empty if none is, or it is not known
   * @param code what a process ends with if it cannot be done here
   */
  public record Entry(Optional<String> version, Choice choice, ExitCode code) {

    /** The release that is gone back to; empty if that is none. */
    public String target() {
      return choice.backup().flatMap(BackupHeader::version).orElse("");
    }

    /** What came of it if nothing is to be restored, or nothing was. */
    HostOutcome<Boolean> outcome(String name) {
      return switch (choice) {
        case Choice.Nothing nothing -> new HostOutcome.Ok<>(false);
        case Choice.Impossible(String sentence) ->
            new HostOutcome.NotDone<>(code, name + ": " + sentence);
        case Choice.Restore restore ->
            new HostOutcome.NotDone<>(ExitCode.ABORTED, name + ": was not begun");
      };
    }
  }

  /** Whether any host is restored. */
  public boolean restores() {
    return entries.values().stream().anyMatch(entry -> entry.choice().backup().isPresent());
  }

  /** What a look ends with that changes nothing: whether it can be done everywhere. */
  public ExitCode exitCode() {
    return Tally.exitCode(
        entries.entrySet().stream()
            .map(
                entry ->
                    entry.getValue().choice() instanceof Choice.Restore
                        ? new HostOutcome.Ok<>(true)
                        : entry.getValue().outcome(entry.getKey()))
            .toList());
  }

  /**
   * Sentences about backups from a time when the service was started, stopped or asked in another
   * way.
   *
   * @param today the deployable's file as resolved
   */
  Set<String> changedServices(Optional<String> today) {
    Set<String> sentences = new TreeSet<>();
    entries
        .values()
        .forEach(
            entry ->
                entry
                    .choice()
                    .backup()
                    .filter(
                        backup ->
                            !service(backup.configuration())
                                .equals(service(today.map(Redactor::text))))
                    .ifPresent(
                        backup ->
                            sentences.add(
                                "`service:` in the deployable's file is not what it was when the"
                                    + " backup "
                                    + backup.id()
                                    + " was taken; today's is used.")));
    return sentences;
  }

  /** The lines of the file below {@code service:}. */
  private static String service(Optional<String> configuration) {
    StringBuilder lines = new StringBuilder();
    boolean within = false;
    for (String line : configuration.orElse("").lines().toList()) {
      within = line.startsWith("service:") || within && line.startsWith(" ");
      if (within) {
        lines.append(line).append('\n');
      }
    }
    return lines.toString();
  }
}
