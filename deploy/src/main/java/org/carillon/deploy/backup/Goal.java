package org.carillon.deploy.backup;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a rollback goes back to. */
public sealed interface Goal {

  /** A backup by its ID, on each host that has it. */
  record ById(BackupId id) implements Goal {
    @Override
    public Choice choose(BackupList there) {
      return there
          .find(id)
          .<Choice>map(Choice.Restore::new)
          .orElseGet(
              () ->
                  new Choice.Impossible(
                      there.unreadable().contains(id.text())
                          ? "the backup " + id + " is damaged: its manifest cannot be read"
                          : "there is no backup " + id + "; leave the host out with --limit"));
    }

    @Override
    public String toString() {
      return id.text();
    }
  }

  /**
   * The newest backup of another release than the one in use.
   *
   * @param cutOff the goal of a rollback that was cut off on any host; empty if none was
   */
  record Previous(Optional<Goal> cutOff) implements Goal {
    Previous() {
      this(Optional.empty());
    }

    @Override
    public Goal among(Collection<BackupList> hosts) {
      return new Previous(hosts.stream().flatMap(there -> there.cutOff().stream()).findFirst());
    }

    @Override
    public Goal again() {
      return cutOff.orElse(this);
    }

    @Override
    public Choice choose(BackupList there) {
      if (there.cutOff().isPresent()) {
        return new Choice.Impossible(
            "a rollback to %1$s was cut off there, so previous could lead back to where it came from; say --to %1$s"
                .formatted(there.cutOff().get()));
      }
      return restore(
          there,
          there.backups().stream()
              .filter(
                  backup ->
                      backup.version().isPresent() && !backup.version().equals(there.version()))
              .findFirst(),
          "there is no backup of another release than the one in use");
    }

    @Override
    public String toString() {
      return "previous";
    }
  }

  /**
   * The release that was good before the newest one that was begun: by what the hosts themselves
   * know of their releases, whichever backups there are. Where the newest one is not in use, since
   * it failed, was taken back, or somebody turned back from it, and what is in use is good, nothing
   * is to be done; so doing it twice goes no further back.
   *
   * @param newest release that was begun last on any host; empty if that is not known
   */
  record LastGood(Optional<String> newest) implements Goal {
    @Override
    public Goal among(Collection<BackupList> hosts) {
      return new LastGood(
          hosts.stream()
              .flatMap(there -> there.releases().stream().map(one -> Begun.of(there, one)))
              .max(Comparator.comparing(Begun::time).thenComparing(Begun::inUse))
              .map(Begun::id));
    }

    private record Begun(String id, String time, boolean inUse) {
      static Begun of(BackupList there, ReleaseTrail release) {
        return new Begun(
            release.id(), release.begun(), there.version().equals(Optional.of(release.id())));
      }
    }

    @Override
    public Choice choose(BackupList there) {
      if (there.isGood() && newest.isPresent() && !newest.equals(there.version())) {
        return new Choice.Nothing(
            there.version().get()
                + " is in use and is good; "
                + newest.get()
                + ", which came later, is not in use there; to go back behind it, use --to"
                + " previous");
      }
      return there
          .goodBefore()
          .map(id -> backupOf(id, there))
          .orElseGet(
              () ->
                  impossible(
                      there,
                      there.isGood()
                          ? "there is no good release before " + there.version().get()
                          : "there is no backup of a good release"));
    }

    private static Choice backupOf(String id, BackupList there) {
      return restore(
          there,
          there.goodBackupOf(id),
          "there is no backup of the last good release, " + id + ",");
    }

    @Override
    public String toString() {
      return "last-good";
    }
  }

  private static Choice restore(BackupList there, Optional<BackupHeader> found, String complaint) {
    return found.<Choice>map(Choice.Restore::new).orElseGet(() -> impossible(there, complaint));
  }

  private static Choice impossible(BackupList there, String complaint) {
    return new Choice.Impossible(
        complaint
            + (there.backups().isEmpty() && there.unreadable().isEmpty()
                ? "; there is none at all"
                : damaged(there) + "; rollback --list shows what there is"));
  }

  private static String damaged(BackupList there) {
    return there.unreadable().isEmpty()
        ? ""
        : " that can be read (damaged: " + String.join(", ", there.unreadable()) + ")";
  }

  /** The same goal, knowing all hosts that it is for. */
  default Goal among(Collection<BackupList> hosts) {
    return this;
  }

  /** What leads the hosts there that did not get there at once. */
  default Goal again() {
    return this;
  }

  /** The goal that leads there also when only a part of the way is left, from this backup. */
  default Goal from(BackupHeader chosen) {
    return this instanceof Previous ? new ById(chosen.id()) : this;
  }

  /** What to do on a host that has these backups. */
  Choice choose(BackupList there);

  /** Of the word that a rollback left on a host; one that says nothing leads to what was good. */
  static Goal ofCutOff(String word) {
    return BackupId.isId(word) ? new ById(new BackupId(word)) : new LastGood(Optional.empty());
  }

  /**
   * Reads what stands after {@code --to}.
   *
   * @throws IllegalArgumentException with a sentence if it is none of these
   */
  static Goal parse(String text) {
    return switch (text) {
      case "previous" -> new Previous();
      case "last-good" -> new LastGood(Optional.empty());
      default -> {
        if (!BackupId.isId(text)) {
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' is neither "
                  + String.join(" nor ", List.of("previous", "last-good"))
                  + " nor the ID of a backup, such as 2026-11-22T10-15-30Z-3fa1");
        }
        yield new ById(new BackupId(text));
      }
    };
  }
}
