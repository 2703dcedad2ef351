package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.carillon.ssh.Host;

/**
 * The way of one backup back into its place on one host: prepared while the service still runs, put
 * in place by renames while it does not, and undone by renames if that must be.
 */
public final class Restore {
  private final BackupScript script;
  private final BackupManifest manifest;
  private final List<String> items;
  private final List<String> absent;
  private final boolean isMended;
  private final String nonce = UUID.randomUUID().toString();

  private Restore(
      BackupScript script, BackupManifest manifest, List<String> items, boolean isMended) {
    this.isMended = isMended;
    this.script = script;
    this.manifest = manifest;
    this.items = items;
    this.absent = new ArrayList<>(manifest.header().absent());
    this.absent.add(BackupPlan.PENDING);
  }

  /**
   * Verifies a backup, copies it to where the swap finds it, and verifies the copy. If nothing but
   * files of its release are damaged, and that release lies beside it as it was backed up, it is
   * copied from there.
   *
   * @param goal is left there until the end, so that a rollback that is cut off can be gone on with
   * @throws org.carillon.ssh.HostException if it is damaged or cannot be copied; nothing is changed
   *     then
   */
  public static Restore prepare(Backups backups, Host host, BackupId id, Goal goal) {
    BackupScript script = backups.script(host);
    Checked checked = Checked.of(script, id);
    BackupManifest manifest = checked.manifest();
    requireMovable(script, manifest.header());
    Restore restore =
        new Restore(script, manifest, manifest.header().items(), checked.mended().isPresent());
    List<String> arguments =
        new ArrayList<>(
            List.of(id.text(), restore.nonce, goal.toString(), checked.mended().orElse("-")));
    arguments.addAll(restore.items);
    FileTree copy =
        script
            .run("prepare the backup " + id, BackupScript.LONG, "prepare", arguments)
            .tree("copy");
    List<FileTree.Difference> differences = manifest.tree().differences(copy);
    if (!differences.isEmpty()) {
      restore.finish();
      throw script.refuse(
          "the copy of the backup "
              + id
              + " is not what was copied: "
              + FileTree.summary(differences)
              + "; look at the disk");
    }
    return restore;
  }

  /**
   * Looks whether what a backup holds, and what it does not, can be exchanged there.
   *
   * @throws org.carillon.ssh.HostException of kind REFUSED that names the folder
   */
  static void requireMovable(BackupScript script, BackupHeader header) {
    script.requireMovable(
        Stream.concat(header.items().stream(), header.absent().stream()).toList());
  }

  /** Whether its release was copied from where releases lie, since the backup's is damaged. */
  boolean isMended() {
    return isMended;
  }

  /** What is restored. */
  public BackupHeader header() {
    return manifest.header();
  }

  /**
   * Puts it in place; what was there is kept aside.
   *
   * @throws org.carillon.ssh.HostException if that failed; the sentence says what is where
   */
  public void swap() {
    List<String> arguments =
        Stream.concat(
                Stream.of(nonce),
                Stream.concat(
                    items.stream().map(item -> "+" + item),
                    absent.stream().map(item -> "-" + item)))
            .toList();
    script.run("put the backup in place", BackupScript.LONG, "swap", arguments);
  }

  /**
   * Reads what is in place, and compares every byte.
   *
   * @throws org.carillon.ssh.HostException naming the file that differs
   */
  public void check() {
    List<FileTree.Difference> differences = manifest.tree().differences(inPlace(script, items));
    if (!differences.isEmpty()) {
      throw script.refuse(
          "what is in place is not what the backup "
              + header().id()
              + " holds: "
              + FileTree.summary(differences));
    }
  }

  /** What is in place of these items, all of which are there. */
  static FileTree inPlace(BackupScript script, List<String> items) {
    return script.run("read what is in place", BackupScript.LONG, "here", items).tree("copy");
  }

  /** Puts back what was there before. */
  public void undo() {
    script.run("put back what was there", BackupScript.LONG, "undo", List.of(nonce));
  }

  /** Removes what was there before, or what was prepared and is not wanted. */
  public void finish() {
    script.run("remove what was replaced", BackupScript.LONG, "finish", List.of(nonce));
  }
}
