package org.carillon.deploy.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.DeployLock;
import org.carillon.deploy.records.HostRecord;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.fanout.Tally;

/** Brings the hosts of a deployable back to backups of theirs, all of them at once. */
public final class Rollback {
  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration ALL = Duration.ofHours(12);
  private static final int LOOKS_AGAIN = 1;

  private final Fleet fleet;
  private final Backups backups;
  private final NodeRelease release;
  private final ClockSource clock;
  private final Cancellation cancellation;

  /**
   * @param cancellation once requested, no further host is begun; one that was is finished
   */
  public Rollback(Fleet fleet, BackupPlan plan, ClockSource clock, Cancellation cancellation) {
    this.fleet = fleet;
    this.backups = new Backups(plan, clock);
    this.release = new NodeRelease(fleet.deployable());
    this.clock = clock;
    this.cancellation = cancellation;
  }

  /** What each host has; changes nothing. */
  public SequencedMap<String, HostOutcome<BackupList>> look() {
    return FanOut.run(
        FanOutSettings.of("listing the backups", LOOK)
            .withRetries(LOOKS_AGAIN)
            .withStop(cancellation::requested),
        fleet.hosts(),
        backups::list,
        FanOutListener.NONE);
  }

  /** What is to be done on each host, in the order of the file. */
  public static RollbackPlan plan(Goal to, SequencedMap<String, HostOutcome<BackupList>> seen) {
    Goal goal = to.among(lists(seen));
    SequencedMap<String, RollbackPlan.Entry> entries = new LinkedHashMap<>();
    seen.forEach(
        (name, outcome) ->
            entries.put(
                name,
                switch (outcome) {
                  case HostOutcome.Ok<BackupList>(BackupList there) ->
                      new RollbackPlan.Entry(
                          there.version(), goal.choose(there), ExitCode.ALL_FAILED);
                  default ->
                      new RollbackPlan.Entry(
                          Optional.empty(),
                          new Choice.Impossible(HostSentence.bare(name, outcome.sentence())),
                          outcome.exitCode());
                }));
    return new RollbackPlan(goal, entries);
  }

  /**
   * The same plan after every backup that would be restored was read to its last byte: where one is
   * damaged, it cannot be done. Changes nothing.
   */
  public RollbackPlan verified(RollbackPlan plan) {
    SequencedMap<String, HostSource> restored = new LinkedHashMap<>(fleet.hosts());
    restored.keySet().removeIf(name -> plan.entries().get(name).choice().backup().isEmpty());
    SequencedMap<String, RollbackPlan.Entry> entries = new LinkedHashMap<>(plan.entries());
    FanOut.run(
            FanOutSettings.of("reading the backups", ALL).withStop(cancellation::requested),
            restored,
            host ->
                backups.verify(
                    host, plan.entries().get(host.name()).choice().backup().orElseThrow().id()),
            FanOutListener.NONE)
        .forEach(
            (name, outcome) -> {
              if (!outcome.succeeded()) {
                entries.put(
                    name,
                    new RollbackPlan.Entry(
                        plan.entries().get(name).version(),
                        new Choice.Impossible(HostSentence.bare(name, outcome.sentence())),
                        outcome.exitCode()));
              }
            });
    return new RollbackPlan(plan.goal(), entries);
  }

  static List<BackupList> lists(SequencedMap<String, HostOutcome<BackupList>> seen) {
    return seen.values().stream().flatMap(outcome -> outcome.yielded().stream()).toList();
  }

  /**
   * Does it on each host for which there is something to do.
   *
   * @param lock of the head node, held; those of the nodes are taken and given back here
   * @param record gets the steps and, at the end, the report
   * @param by who does it, and from where
   * @return the report, as written
   */
  public ActionReport run(
      RollbackPlan plan, DeployLock lock, ActionRecord record, AfterChecks checks, String by) {
    SequencedMap<String, HostSource> chosen = new LinkedHashMap<>(fleet.hosts());
    chosen
        .keySet()
        .removeIf(name -> plan.entries().get(name).choice() instanceof Choice.Impossible);
    checks.before(chosen);
    plan.changedServices(backups.plan().configuration()).forEach(record::note);
    BackupId own = BackupId.create(clock);
    BackupReason reason =
        new BackupReason(ActionKind.ROLLBACK, by, "before a rollback to " + plan.goal());
    SequencedMap<String, HostOutcome<Boolean>> done =
        FanOut.run(
            FanOutSettings.of("the rollback", ALL),
            chosen,
            host -> onHost(host, plan, own, reason, lock, record, checks),
            FanOutListener.NONE);
    Map<String, String> complaints = checked(plan, done, chosen, checks, record);
    SequencedMap<String, HostOutcome<Boolean>> outcomes = new LinkedHashMap<>();
    List<HostRecord> records = new ArrayList<>();
    plan.entries()
        .forEach(
            (name, entry) -> {
              HostOutcome<Boolean> outcome =
                  complaints.containsKey(name)
                      ? new HostOutcome.NotDone<>(
                          ExitCode.ALL_FAILED,
                          name
                              + ": "
                              + complaints.get(name)
                              + "; what was there before is in the backup "
                              + own)
                      : done.getOrDefault(name, entry.outcome(name));
              outcomes.put(name, outcome);
              records.add(hostRecord(name, entry, outcome, own));
            });
    records.forEach(record::host);
    ExitCode code = Tally.exitCode(outcomes.values());
    return record.end(code, RollbackSummary.sentence(fleet, plan, records, own));
  }

  /** Whether anything was changed there. */
  private Boolean onHost(
      Host host,
      RollbackPlan plan,
      BackupId own,
      BackupReason reason,
      DeployLock lock,
      ActionRecord record,
      AfterChecks checks) {
    if (cancellation.requested()) {
      throw new CarillonException(ExitCode.ABORTED, host.name() + ": stopped before it was begun");
    }
    RollbackPlan.Entry entry = plan.entries().get(host.name());
    try {
      HostRollback rollback = new HostRollback(host, backups, release, lock, record, checks);
      return switch (entry.choice()) {
        case Choice.Restore(BackupHeader target) -> {
          rollback.run(plan.goal(), target, entry.version(), own, reason);
          record.info(host.name() + ": went back to " + target.version().orElse("nothing"));
          yield true;
        }
        case Choice.Nothing nothing -> rollback.keep(entry.version());
        case Choice.Impossible(String sentence) -> throw new IllegalStateException(sentence);
      };
    } catch (HostException | CarillonException e) {
      record.error(e.getMessage());
      throw e;
    } finally {
      giveBack(lock, host, record);
    }
  }

  private static void giveBack(DeployLock lock, Host host, ActionRecord record) {
    try {
      lock.releaseOn(host);
    } catch (HostException e) {
      record.warn(e.getMessage());
    }
  }

  /** What the checks complain of on hosts that were restored. */
  private static Map<String, String> checked(
      RollbackPlan plan,
      SequencedMap<String, HostOutcome<Boolean>> done,
      SequencedMap<String, HostSource> chosen,
      AfterChecks checks,
      ActionRecord record) {
    SequencedMap<String, HostSource> restored = new LinkedHashMap<>(chosen);
    Map<String, String> versions = new TreeMap<>();
    restored.keySet().removeIf(name -> !done.get(name).succeeded());
    restored
        .keySet()
        .forEach(
            name ->
                plan.entries()
                    .get(name)
                    .choice()
                    .backup()
                    .flatMap(BackupHeader::version)
                    .ifPresent(version -> versions.put(name, version)));
    restored.keySet().retainAll(versions.keySet());
    if (restored.isEmpty()) {
      return Map.of();
    }
    record.steps().begin("", "validate", String.join(",", restored.keySet()));
    Map<String, String> complaints = looked(restored, versions, checks);
    complaints.forEach((name, complaint) -> record.error(name + ": " + complaint));
    record.steps().done("", "validate", complaints.isEmpty() ? "all is well" : "see the hosts");
    return complaints;
  }

  /** Checks that did not come to their end take nothing back and hide nothing. */
  private static Map<String, String> looked(
      SequencedMap<String, HostSource> restored, Map<String, String> versions, AfterChecks checks) {
    try {
      return checks.after(restored, versions);
    } catch (HostException | CarillonException e) {
      Map<String, String> complaints = new TreeMap<>();
      restored
          .keySet()
          .forEach(
              name ->
                  complaints.put(
                      name,
                      "was restored, but not checked: " + HostSentence.bare(name, e.getMessage())));
      return complaints;
    }
  }

  private HostRecord hostRecord(
      String name, RollbackPlan.Entry entry, HostOutcome<Boolean> outcome, BackupId own) {
    String before = entry.version().orElse("");
    if (outcome.succeeded()) {
      return switch (entry.choice()) {
        case Choice.Nothing(String sentence) ->
            outcome.yielded().orElse(false)
                ? new HostRecord(
                    name,
                    before,
                    before,
                    RollbackSummary.STARTED,
                    true,
                    "its service did not run; " + sentence)
                : new HostRecord(name, before, before, "nothing to do", true, sentence);
        default -> new HostRecord(name, before, entry.target(), "ok", true, "undo: --to " + own);
      };
    }
    boolean seen = entry.version().isPresent() || entry.code() == ExitCode.ALL_FAILED;
    return new HostRecord(
        name,
        seen ? before : HostRecord.UNKNOWN,
        seen ? now(name) : HostRecord.UNKNOWN,
        RollbackSummary.word(outcome),
        false,
        HostSentence.bare(name, outcome.sentence()));
  }

  /** What is in use on a host that failed. */
  private String now(String name) {
    try {
      return release.current(fleet.host(name)).orElse("");
    } catch (HostException | CarillonException e) {
      return HostRecord.UNKNOWN;
    }
  }
}
