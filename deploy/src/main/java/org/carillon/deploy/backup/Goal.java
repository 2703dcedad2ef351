package org.carillon.deploy.backup;

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
                          : "there is no backup " + id));
    }

    @Override
    public String toString() {
      return id.text();
    }
  }

  /** The newest backup of another release than the one in use. */
  record Previous() implements Goal {
    @Override
    public Choice choose(BackupList there) {
      if (there.cutOff()) {
        return new Choice.Impossible(
            "a rollback was cut off there, so previous could lead back to where it came from; say"
                + " last-good, or the ID of a backup");
      }
      return newest(
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
   * The newest backup of a release that had proved good, and from which nobody has turned back
   * since.
   */
  record LastGood() implements Goal {
    @Override
    public Choice choose(BackupList there) {
      Optional<BackupHeader> good =
          there.backups().stream().filter(BackupHeader::isGood).findFirst();
      boolean isThere =
          good.isPresent()
              && good.get().version().equals(there.version())
              && there.state().filter("good"::equals).isPresent();
      if (isThere) {
        return new Choice.Nothing(
            there.version().orElse("nothing")
                + " is in use and is good; to go back behind it, use --to previous, and to restore"
                + " its files, --to "
                + good.get().id());
      }
      return newest(there, good, "there is no backup of a good release");
    }

    @Override
    public String toString() {
      return "last-good";
    }
  }

  private static Choice newest(BackupList there, Optional<BackupHeader> found, String complaint) {
    return found
        .<Choice>map(Choice.Restore::new)
        .orElseGet(
            () ->
                new Choice.Impossible(
                    complaint
                        + (there.backups().isEmpty() && there.unreadable().isEmpty()
                            ? "; there is none at all"
                            : damaged(there) + "; rollback --list shows what there is")));
  }

  private static String damaged(BackupList there) {
    return there.unreadable().isEmpty()
        ? ""
        : " that can be read (damaged: " + String.join(", ", there.unreadable()) + ")";
  }

  /** What to do on a host that has these backups. */
  Choice choose(BackupList there);

  /**
   * Reads what stands after {@code --to}.
   *
   * @throws IllegalArgumentException with a sentence if it is none of these
   */
  static Goal parse(String text) {
    return switch (text) {
      case "previous" -> new Previous();
      case "last-good" -> new LastGood();
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
