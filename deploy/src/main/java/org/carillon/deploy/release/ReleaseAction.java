package org.carillon.deploy.release;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.backup.BackupId;
import org.carillon.deploy.backup.BackupPlan;
import org.carillon.deploy.backup.Backups;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.ActionRequest;
import org.carillon.deploy.records.DeployLock;
import org.carillon.deploy.records.LockPolicy;
import org.carillon.ssh.fanout.FailedHosts;
import org.carillon.ssh.fanout.HostOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A deployment from its lock to its report. */
public final class ReleaseAction {

  private static final Logger LOG = LoggerFactory.getLogger("deploy");

  /** Hosts that another try can be made for; in the folder of the report. */
  public static final String FAILED_HOSTS = "failed-hosts.txt";

  private ReleaseAction() {}

  /** What is done. */
  public enum Kind {
    /** A release is brought to the hosts. */
    RELEASE(ActionKind.RELEASE),
    /** A backup, and nothing else. */
    BACKUP(ActionKind.BACKUP),
    /** What is under way is finished, and the release is brought to the other hosts. */
    FINISH(ActionKind.RESUME),
    /** What is under way is taken back. */
    UNDO(ActionKind.RESUME);

    private final ActionKind recorded;

    Kind(ActionKind recorded) {
      this.recorded = recorded;
    }
  }

  /**
   * What is asked for.
   *
   * @param arguments of the executable, for the report
   * @param locks what to do if somebody else deploys
   * @param proof of the release; empty to skip it, which the report says
   */
  public record Request(
      Kind kind,
      DeployableLoader.Loaded loaded,
      Fleet fleet,
      List<String> arguments,
      LockPolicy locks,
      Optional<Proof> proof) {}

  /**
   * What it came to.
   *
   * @param sentence what is where now
   * @param report as written
   * @param folder with the report
   */
  public record Result(
      ExitCode exitCode, String table, String sentence, ActionReport report, Path folder) {}

  /**
   * Does it.
   *
   * @throws org.carillon.core.CarillonException if it could not be begun, because what shall be
   *     released cannot be, or somebody else deploys
   */
  public static Result run(Request request, ClockSource clock, Cancellation cancellation) {
    Deployable deployable = request.loaded().deployable();
    boolean brings = request.kind() == Kind.RELEASE || request.kind() == Kind.FINISH;
    ManifestScan.Found found =
        brings
            ? ManifestScan.of(deployable.release().files(), deployable.release().shared())
            : new ManifestScan.Found(new Manifest(Map.of()), Map.of());
    String id = brings ? found.manifest().id(deployable.release().version()) : "what is in use";
    String what = request.kind().recorded.word() + " of " + deployable.name();
    Path reports = RunFiles.makeFolder(deployable.reports());
    try (DeployLock lock =
            DeployLock.take(reports, deployable.name(), what, request.locks(), clock, LOG::warn);
        Parcels parcels = new Parcels(found, reports);
        ActionRecord record =
            ActionRecord.begin(
                reports,
                new ActionRequest(request.kind().recorded, deployable.name(), request.arguments()),
                clock)) {
      RunFiles.publish(record.folder().resolve("deployable.yaml"), request.loaded().resolvedYaml());
      ReleasePlan plan =
          new ReleasePlan(
              request.fleet(),
              id,
              BackupId.create(clock),
              request.kind() == Kind.FINISH,
              lock.holder().user() + " on " + lock.holder().machine().name(),
              new NodeRelease(deployable),
              new Delivery(deployable, parcels, nonce(), clock, record::warn),
              parcels,
              new Backups(BackupPlan.of(deployable, request.loaded().resolvedYaml()), clock),
              lock,
              record,
              clock);
      if (brings && request.proof().isEmpty()) {
        record.note(
            "The tests were skipped: nobody looked whether "
                + id
                + " does its work, only whether it is healthy.");
      }
      ReleaseHosts hosts = new ReleaseHosts(request.fleet(), record, cancellation);
      ReleaseRun run = new ReleaseRun(plan, hosts, request.proof(), cancellation);
      switch (request.kind()) {
        case RELEASE, FINISH -> run.release();
        case BACKUP -> run.backup();
        case UNDO -> run.undo();
      }
      return end(request, plan, hosts.stories().values(), cancellation.requested());
    }
  }

  private static Result end(
      Request request, ReleasePlan plan, Collection<HostStory> stories, boolean cancelled) {
    ReleaseSummary summary =
        request.kind() == Kind.UNDO
            ? ReleaseSummary.ofUndo(stories, cancelled)
            : ReleaseSummary.of(stories, cancelled);
    ActionRecord record = plan.record();
    summary.records().forEach(record::host);
    Map<String, HostOutcome<Boolean>> failed = new LinkedHashMap<>();
    for (HostStory story : stories) {
      if (!summary.isReached(story)) {
        failed.put(story.host(), story.failure());
      }
    }
    FailedHosts.write(record.folder().resolve(FAILED_HOSTS), failed);
    ExitCode code = summary.exitCode();
    String sentence =
        switch (request.kind()) {
          case RELEASE, FINISH -> summary.sentence(plan.id());
          case BACKUP ->
              code == ExitCode.SUCCESS
                  ? "the backup " + plan.backup() + " was taken and read back on all hosts."
                  : summary.sentence("the backup");
          case UNDO ->
              code == ExitCode.SUCCESS && stories.stream().noneMatch(HostStory::ended)
                  ? "nothing was under way on any host, so nothing was changed."
                  : summary.sentence("the state before");
        };
    ActionReport report = record.end(code, sentence);
    return new Result(code, summary.table(), sentence, report, record.folder());
  }

  private static String nonce() {
    byte[] bits = new byte[8];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
