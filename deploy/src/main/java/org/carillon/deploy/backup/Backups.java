package org.carillon.deploy.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.release.Pending;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * The backups of one deployable on any of its hosts. Each call stands alone and may be repeated;
 * none remembers anything. Nobody else may change the deployable meanwhile: {@link
 * org.carillon.deploy.records.DeployLock}.
 */
public final class Backups {

  private final BackupPlan plan;
  private final ClockSource clock;

  /**
   * @param clock that stamps the backups: the head node's
   */
  public Backups(BackupPlan plan, ClockSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  /** By the clock that stamps the backups. */
  Instant now() {
    return Instant.ofEpochMilli(Math.floorDiv(clock.realtimeNs(), 1_000_000L));
  }

  BackupPlan plan() {
    return plan;
  }

  BackupScript script(Host host) {
    return new BackupScript(host, plan.rootOn().apply(host.name()));
  }

  /**
   * Clears away what an earlier action was cut off in; a restore that was cut off while it put
   * files in place is undone.
   *
   * @return whether that was so
   */
  public boolean sweep(Host host) {
    return script(host)
        .run("clear away what was cut off", BackupScript.LONG, "sweep", List.of())
        .says("put-back");
  }

  /**
   * Takes a backup of what is there, reads it back, and only then gives it its name. If anything
   * fails, nothing is left of it. One that was taken for the same reason before, and is whole, is
   * taken for it.
   *
   * @param id the same for all hosts of one action
   * @return what it is; {@link BackupHeader#unsteady} names files that changed meanwhile
   * @throws HostException of kind REFUSED if a file cannot be read, the disk is full, or the copy
   *     is not what was copied
   */
  public BackupHeader take(Host host, BackupId id, BackupReason reason) {
    return new NewBackup(this, clock, host, id).take(reason);
  }

  /**
   * Looks whether a rollback could exchange there what a backup of a release covers.
   *
   * @throws HostException of kind REFUSED that names the folder which could not be
   */
  public void requireMovable(Host host, String release) {
    script(host).requireMovable(plan.items(Optional.of(release)));
  }

  /** What is there and which backups there are, without reading their files. */
  public BackupList list(Host host) {
    BackupScript.Answer answer =
        script(host).run("list the backups", BackupScript.SHORT, "list", List.of());
    List<BackupHeader> backups = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    Optional<String> version = Optional.empty();
    Optional<String> state = Optional.empty();
    List<ReleaseTrail> releases = new ArrayList<>();
    Optional<String> pending = Optional.empty();
    Optional<Goal> cutOff = Optional.empty();
    for (String line : answer.lines()) {
      String[] words = line.split(" ");
      if (words[0].equals("current") && words.length == 2) {
        version = Optional.of(words[1].substring(words[1].lastIndexOf('/') + 1));
      } else if (words[0].equals("state") && words.length > 1) {
        state = Optional.of(words[1]);
      } else if (words[0].equals("backup")) {
        header(words).ifPresentOrElse(backups::add, () -> unreadable.add(words[1]));
      } else if (words[0].equals("release")) {
        ReleaseTrail.parse(line.substring(words[0].length())).ifPresent(releases::add);
      } else if (words[0].equals("pending")) {
        pending = Optional.of(Pending.tell(text(words.length > 1 ? words[1] : "")));
      } else if (words[0].equals("cut-off")) {
        cutOff = Optional.of(Goal.ofCutOff(words.length > 1 ? words[1] : ""));
      }
    }
    backups.sort(Comparator.comparingLong(BackupHeader::createdNs).reversed());
    return new BackupList(version, state, releases, backups, unreadable, cutOff, pending);
  }

  private static Optional<BackupHeader> header(String[] words) {
    try {
      return Optional.of(BackupManifest.header(text(words.length > 2 ? words[2] : "")))
          .filter(header -> header.id().text().equals(words[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(String base64) {
    return new String(BackupScript.decode(base64), StandardCharsets.UTF_8);
  }

  /**
   * Reads a backup from its first byte to its last, and looks whether it could be put in place.
   *
   * @return what it is
   * @throws HostException of kind REFUSED if it is not what it was when it was taken, and its
   *     release does not lie beside it either; names the file that differs
   */
  public BackupHeader verify(Host host, BackupId id) {
    BackupHeader header = Checked.of(script(host), id).manifest().header();
    Restore.requireMovable(script(host), header);
    return header;
  }

  /**
   * Removes the backups that are no longer kept: too many or too old; never the newest, never the
   * last one of a good release.
   *
   * @param needed kept in any case, such as the one just taken: clocks may have been set back
   * @return what was removed
   */
  public List<BackupId> prune(Host host, Set<BackupId> needed) {
    List<BackupId> expired =
        Retention.expired(list(host), plan.retention(), plan.keep(), clock.realtimeNs()).stream()
            .map(BackupHeader::id)
            .filter(id -> !needed.contains(id))
            .toList();
    if (!expired.isEmpty()) {
      script(host)
          .run(
              "remove old backups",
              BackupScript.LONG,
              "forget",
              expired.stream().map(BackupId::text).toList());
    }
    return expired;
  }
}
