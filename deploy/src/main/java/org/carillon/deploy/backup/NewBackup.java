package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.carillon.core.run.Sha256;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.records.Redactor;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The making of one backup on one host: copied, compared, and only then given its name. */
final class NewBackup {

  /** More names than this say no more. */
  private static final int UNSTEADY_MAX = 20;

  private static final Logger LOG = LoggerFactory.getLogger(NewBackup.class);

  private final Backups backups;
  private final ClockSource clock;
  private final Host host;
  private final BackupScript script;
  private final BackupId id;

  /**
   * @param clock that stamps it: the head node's
   */
  NewBackup(Backups backups, ClockSource clock, Host host, BackupId id) {
    this.backups = backups;
    this.clock = clock;
    this.host = host;
    this.script = backups.script(host);
    this.id = id;
  }

  /** See {@link Backups#take}. */
  BackupHeader take(BackupReason reason) {
    BackupList there = backups.list(host);
    Optional<BackupHeader> complete =
        there.find(id).filter(backup -> isOf(backup, reason, there.version()));
    if (complete.isPresent()) { // and the answer was lost
      return backups.verify(host, id);
    }
    List<String> items = backups.plan().items(there.version());
    try {
      Copied copied = copied(sameRelease(there), items);
      BackupHeader header = header(reason, there, items, copied);
      byte[] manifest = new BackupManifest(header, copied.copy()).bytes();
      script.run(
          "complete the backup " + id,
          BackupScript.LONG,
          manifest,
          "seal",
          List.of(id.text(), Sha256.hexOf(manifest)));
      return header;
    } catch (HostException e) {
      drop();
      throw e;
    }
  }

  /** Whether it was taken for this reason, of what is in use now. */
  private static boolean isOf(BackupHeader backup, BackupReason reason, Optional<String> version) {
    return backup.by().equals(reason.by())
        && backup.before().equals(reason.before().word())
        && backup.why().equals(Redactor.text(reason.why()))
        && backup.version().equals(version);
  }

  /** The newest backup of the release in use, with which the copy of that is shared; or empty. */
  private static String sameRelease(BackupList there) {
    return there.backups().stream()
        .filter(backup -> there.version().isPresent())
        .filter(backup -> backup.version().equals(there.version()))
        .findFirst()
        .map(backup -> backup.id().text())
        .orElse("");
  }

  private BackupHeader header(
      BackupReason reason, BackupList there, List<String> items, Copied copied) {
    FileTree copy = copied.copy();
    List<String> absent = new ArrayList<>(items);
    absent.removeIf(item -> copy.entries().containsKey(RawName.of(item)));
    List<String> present = new ArrayList<>(items);
    present.removeAll(absent);
    return new BackupHeader(
        id,
        backups.plan().deployable(),
        host.name(),
        clock.realtimeNs(),
        reason.by(),
        reason.before().word(),
        Redactor.text(reason.why()),
        there.version(),
        there.state(),
        present,
        absent,
        copy.files(),
        copy.sizeBytes(),
        copied.differences().stream()
            .limit(UNSTEADY_MAX)
            .map(difference -> difference.name().toString())
            .toList(),
        backups.plan().configuration().map(Redactor::text));
  }

  /** What was there after it was copied, and the copy as it was read back. */
  private record Copied(FileTree there, FileTree copy) {
    List<FileTree.Difference> differences() {
      return there.differences(copy);
    }
  }

  /**
   * Copies the items until every difference of the copy is due to a file that goes on changing. One
   * that does not may have changed just then, or the backup with which the copy was shared is no
   * longer what it was: so there is a second try, and that copy shares nothing.
   */
  private Copied copied(String previous, List<String> items) {
    Copied first = copy(previous, items);
    if (wrong(first, items).isEmpty()) {
      return first;
    }
    drop();
    Copied second = copy("", items);
    List<FileTree.Difference> wrong = wrong(second, items);
    if (!wrong.isEmpty()) {
      throw script.refuse(
          "the backup "
              + id
              + " is not what was copied: "
              + FileTree.summary(wrong)
              + "; look at the disk");
    }
    return second;
  }

  private Copied copy(String previous, List<String> items) {
    List<String> arguments = new ArrayList<>(List.of(id.text(), previous));
    arguments.addAll(items);
    BackupScript.Answer answer =
        script.run("take the backup " + id, BackupScript.LONG, "take", arguments);
    return new Copied(answer.tree("there"), answer.tree("copy"));
  }

  /** Where the copy differs from files that have not changed since it was compared with them. */
  private List<FileTree.Difference> wrong(Copied copied, List<String> items) {
    List<FileTree.Difference> differences = new ArrayList<>(copied.differences());
    if (!differences.isEmpty()) {
      List<String> present = new ArrayList<>(items);
      present.removeIf(item -> !copied.there().entries().containsKey(RawName.of(item)));
      FileTree now = Restore.inPlace(script, present);
      differences.removeIf(
          difference ->
              !Objects.equals(
                  copied.there().entries().get(difference.name()),
                  now.entries().get(difference.name())));
    }
    return differences;
  }

  /** Whatever there is of it; the fault that led here is the one to report. */
  private void drop() {
    try {
      script.run("remove the broken backup " + id, BackupScript.LONG, "drop", List.of(id.text()));
    } catch (HostException e) {
      LOG.debug("{}", e.getMessage());
    }
  }
}
