package org.carillon.deploy.deployable;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.required;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import java.util.List;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** What it is called, where it lives, what is released, backed up, and in which order. */
final class DeployableKeys {

  static final KeyGroup GROUP = new KeyGroup();

  static final Key<String> NAME =
      GROUP.add(required("name", DeployableForms.name(), "Names it in reports and folders."));
  static final Key<String> DESCRIPTION =
      GROUP.add(optional("description", Forms.text("text"), "For people; kept with reports."));
  static final Key<String> HOSTS =
      GROUP.add(
          required(
              "hosts",
              Forms.text("node set"),
              "On which hosts it lives: `node[001-128,200]`, `@group`, several with commas."));
  static final Key<HostKind> HOST =
      GROUP.add(
          withDefault(
              "host",
              Forms.choice(HostKind.class),
              "ssh",
              "`local`: every name of `hosts` stands for this machine; `root` then needs `%h` if"
                  + " there are several."));
  static final Key<String> GROUPS =
      GROUP.add(
          optional("groups", Forms.text("path"), "File with the groups that `hosts` may name."));
  static final Key<String> ROOT =
      GROUP.add(
          optional(
              "root",
              DeployableForms.root(),
              "Folder of it on every host, on a filesystem of the host's own, or with `%h` where"
                  + " hosts share one; `.carillon/services/NAME` if left out."));
  static final Key<String> REPORTS =
      GROUP.add(
          withDefault(
              "reports",
              Forms.text("path"),
              "reports",
              "Folder of this machine for reports, history and lock. Relative paths of this file"
                  + " start at its own folder."));

  static final KeyGroup SSH_GROUP = new KeyGroup();

  static final Key<String> USER =
      SSH_GROUP.add(
          optional(
              "ssh.user",
              Forms.text("account"),
              "Account on the hosts; that of the SSH configuration, or your own, if left out."));

  static final KeyGroup CHANGE_GROUP = new KeyGroup();

  static final Key<String> FILES =
      CHANGE_GROUP.add(
          required(
              "release.files",
              Forms.text("path"),
              "Folder whose content is the release. Files get mode 0640, executables and folders"
                  + " 0750; links must stay inside."));
  static final Key<String> VERSION =
      CHANGE_GROUP.add(
          optional(
              "release.version",
              DeployableForms.version(),
              "Readable beginning of the release's ID, before the SHA-256 of its content; `name` if"
                  + " left out."));
  static final Key<List<String>> SHARED =
      CHANGE_GROUP.add(
          withDefault(
              "release.shared",
              new Form.Many<>(DeployableForms.entry()),
              "",
              "Folders that outlive releases: they live in `shared/` and are linked into each."));
  static final Key<Long> KEEP =
      CHANGE_GROUP.add(
          withDefault(
              "release.keep",
              Forms.integer(1, 1000),
              "5",
              "Good releases kept on each host; the one in use and the last good one always are."));

  static final Key<List<String>> BACKUP_PATHS =
      CHANGE_GROUP.add(
          withDefault(
              "backup.paths",
              new Form.Many<>(DeployableForms.pathBelow("`root`")),
              "",
              "What is backed up before a change besides the release itself, and brought back by a rollback; no logs."));
  static final Key<Duration> BACKUP_RETENTION =
      CHANGE_GROUP.add(
          withDefault(
              "backup.retention",
              Forms.duration(Duration.ZERO),
              "30d",
              "Backups older than this are removed, but never the last good one."));
  static final Key<Long> BACKUP_KEEP =
      CHANGE_GROUP.add(
          withDefault(
              "backup.keep",
              Forms.integer(1, 10_000),
              "10",
              "At most so many are kept, and always the last good one."));

  static final Key<Share> BATCH =
      CHANGE_GROUP.add(
          withDefault(
              "rollout.batch", DeployableForms.share(), "100%", "How many hosts change at once."));
  static final Key<Long> CANARY =
      CHANGE_GROUP.add(
          withDefault(
              "rollout.canary",
              Forms.integer(0, 1000),
              "1",
              "So many hosts change first, alone, and any failure there ends it."));
  static final Key<Share> MAX_FAIL =
      CHANGE_GROUP.add(
          withDefault(
              "rollout.max_fail",
              DeployableForms.share(),
              "0",
              "With more failed hosts than this, all go back to the state before. A host that cannot"
                  + " be reached counts as failed."));

  static final Key<Duration> SOAK =
      CHANGE_GROUP.add(
          withDefault(
              "rollout.soak",
              Forms.durationUpTo(Duration.ofHours(1)),
              "2s",
              "So long hosts run on after they became healthy, before they are validated: what they"
                  + " log meanwhile counts."));

  private DeployableKeys() {}
}
