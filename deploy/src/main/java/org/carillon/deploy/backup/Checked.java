package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.run.Sha256;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.ssh.HostException;

/**
 * A backup that was read from its first byte to its last.
 *
 * @param mended the item whose files are to be taken from where releases lie, since those of the
 *     backup are damaged; empty if it is whole
 */
record Checked(BackupManifest manifest, Optional<String> mended) {
  private static final String ANOTHER =
      "choose another one by --to ID, which may be of the same release: rollback --list shows them";

  private static final String ANOTHER_RELEASE =
      "choose one of another release, since those of the same share its files, or release the old"
          + " files again";

  /**
   * Reads it.
   *
   * @throws HostException of kind REFUSED if it is not what it was when it was taken, and cannot be
   *     mended; names the file that differs
   */
  static Checked of(BackupScript script, BackupId id) {
    String what = "read the backup " + id;
    BackupScript.Answer answer = script.run(what, BackupScript.LONG, "show", List.of(id.text()));
    byte[] bytes = answer.bytes("manifest");
    if (!Sha256.hexOf(bytes).equals(answer.text("sum").strip())) {
      throw damaged(script, id, "its manifest.json is not what was written", ANOTHER);
    }
    BackupManifest manifest;
    try {
      manifest = BackupManifest.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw damaged(script, id, e.getMessage(), ANOTHER);
    }
    FileTree copy = answer.tree("copy").only(manifest.header().items());
    List<FileTree.Difference> differences = manifest.tree().differences(copy);
    if (differences.isEmpty()) {
      return new Checked(manifest, Optional.empty());
    }
    Optional<String> release =
        manifest.header().version().map(version -> BackupPlan.RELEASES + version);
    if (release.isEmpty() || !isBeside(script, manifest, copy, release.get())) {
      boolean ofRelease = release.filter(it -> isDamaged(manifest, copy, List.of(it))).isPresent();
      throw damaged(
          script, id, FileTree.summary(differences), ofRelease ? ANOTHER_RELEASE : ANOTHER);
    }
    return new Checked(manifest, release);
  }

  private static boolean isDamaged(BackupManifest manifest, FileTree copy, List<String> items) {
    return !manifest.tree().only(items).differences(copy.only(items)).isEmpty();
  }

  /**
   * Whether nothing but files of the release is damaged, and the release lies where releases lie as
   * it was backed up. What is known of it has changed since.
   */
  private static boolean isBeside(
      BackupScript script, BackupManifest manifest, FileTree copy, String release) {
    List<String> state = List.of(release + "/" + NodeRelease.STATE_FILE);
    List<String> others = new ArrayList<>(manifest.header().items());
    others.remove(release);
    others.addAll(state);
    if (isDamaged(manifest, copy, others)) {
      return false;
    }
    FileTree wanted = manifest.tree().only(List.of(release)).without(state);
    try {
      FileTree there = Restore.inPlace(script, List.of(release)).without(state);
      return wanted.differences(there).isEmpty();
    } catch (HostException e) {
      if (e.kind() != HostException.Kind.REFUSED) {
        throw e;
      }
      return false; // it is not there
    }
  }

  private static HostException damaged(
      BackupScript script, BackupId id, String how, String advice) {
    return script.refuse("the backup " + id + " is damaged: " + how + "; " + advice);
  }
}
