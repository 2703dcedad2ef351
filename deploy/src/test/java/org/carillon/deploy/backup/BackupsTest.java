package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.deploy.records.ActionKind;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine, with its real shell. */
class BackupsTest {
  private static final Goal GOAL = Goal.parse("last-good");

  @TempDir Path folder;
  private Node node;

  @BeforeEach
  void aReleaseIsInUse() {
    node = new Node(folder.resolve("a root é"));
    node.release("echo-1", "good", "one");
    node.write("shared/data/log", "line\n");
  }

  @Test
  void aBackupTellsWhatWasThereAndHasItByteForByte() throws Exception {
    node.mode("shared/data/log", "rw-r-----");
    BackupHeader taken = node.take(1, "shared/data", "shared/none");
    assertThat(taken.version()).contains("echo-1");
    assertThat(taken.state()).contains("good");
    assertThat(taken.items()).containsExactly("shared/data", "releases/echo-1", "current");
    assertThat(taken.absent()).containsExactly("shared/none");
    assertThat(taken.files()).isEqualTo(3);
    assertThat(taken.unsteady()).isEmpty();
    assertThat(node.backups().list(node.host).backups()).containsExactly(taken);
    assertThat(node.backups().verify(node.host, Node.id(1))).isEqualTo(taken);
    assertThat(node.backup(1).resolve("files/shared/data/log")).hasContent("line");
    assertThat(node.modes(1))
        .containsEntry("manifest.json", "rw-r-----")
        .containsEntry("files", "rwxr-x---");
    assertThat(Files.readString(node.backup(1).resolve("manifest.json")))
        .contains("\"by\":\"alice on tower\"", "\"why\":\"before a test\"", "\"mode\":\"750\"");
    assertThat(node.litter()).isEmpty();
  }

  @Test
  void whereNothingIsDeployedYetTheBackupSaysSo() {
    Node empty = new Node(folder.resolve("empty"));
    BackupHeader taken = empty.take(1, "shared/data");
    assertThat(taken.version()).isEmpty();
    assertThat(taken.items()).isEmpty();
    assertThat(taken.absent()).containsExactly("shared/data", "current");
    assertThat(empty.backups().verify(empty.host, Node.id(1))).isEqualTo(taken);
  }

  @Test
  void aFileMayHaveAnyName() {
    node.sh(
        "cd shared/data && for c in 001 011 012 033 040 042 044 047 052 077 134 140 177 200 303"
            + " 377; do : >\"$(printf \"a\\\\${c}b\")\"; done; ln -s \"$(printf 'to\\n\\377')\" link;"
            + " : >'-rf'; mkdir 'dir\n'; : >'dir\n/*'");
    BackupHeader taken = node.take(1, "shared/data");
    assertThat(taken.files()).isEqualTo(21);
    assertThat(node.backups().verify(node.host, Node.id(1))).isEqualTo(taken);
    String before = node.picture();
    node.sh("rm -rf shared/data; mkdir shared/data");
    restore(1, "shared/data");
    assertThat(node.picture()).isEqualTo(before);
  }

  private void restore(int number, String... paths) {
    Restore restore = Restore.prepare(node.backups(paths), node.host, Node.id(number), GOAL);
    restore.swap();
    restore.check();
    restore.finish();
  }

  @Test
  void aRestoreBringsBackTheStateByteForByteAndTakesAwayWhatWasNotThere() {
    String before = node.picture();
    node.take(1, "shared/data", "shared/later");
    node.release("echo-2", "failed", "two");
    node.sh("rm -rf releases/echo-1; echo more >>shared/data/log; mkdir shared/later");
    restore(1, "shared/data", "shared/later");
    node.sh("rm -rf releases/echo-2");
    assertThat(node.picture()).isEqualTo(before);
    assertThat(node.litter()).isEmpty();
  }

  @Test
  void aRestoreThatIsUndoneLeavesEverythingAsItWas() {
    node.take(1, "shared/data", "shared/later");
    node.release("echo-2", "good", "two");
    node.write("shared/later/file", "x");
    String before = node.picture();
    Restore restore =
        Restore.prepare(node.backups("shared/data", "shared/later"), node.host, Node.id(1), GOAL);
    restore.swap();
    assertThat(node.picture()).isNotEqualTo(before);
    restore.undo();
    assertThat(node.picture()).isEqualTo(before);
  }

  @Test
  void aRestoreThatWasCutOffBetweenTwoRenamesIsUndoneByTheNextAction() {
    node.take(1, "shared/data");
    node.release("echo-2", "good", "two");
    String before = node.picture();
    Restore.prepare(node.backups("shared/data"), node.host, Node.id(1), GOAL);
    node.sh(
        "cd .restore-*; printf '%s\\n' +shared/data +releases/echo-1 +current >items; mkdir -p"
            + " old/shared; mv ../shared/data old/shared/data");
    assertThat(node.backups().sweep(node.host)).isTrue();
    assertThat(node.picture()).isEqualTo(before);
    assertThat(node.backups().sweep(node.host)).isFalse();
  }

  @Test
  void aSwapThatGoesOnAfterItsConnectionWasLostIsNotDisturbed() throws Exception {
    node.take(1, "shared/data");
    Restore.prepare(node.backups("shared/data"), node.host, Node.id(1), GOAL);
    Process swapper = new ProcessBuilder("sleep", "1").start();
    node.sh(
        "cd .restore-*; echo +shared/data >items; echo '%d '\"$(cut -d ' ' -f 22 /proc/%d/stat)\" >swapper"
            .formatted(swapper.pid(), swapper.pid()));
    node.backups().sweep(node.host);
    assertThat(swapper.isAlive()).isFalse();
    assertThat(node.litter()).isEmpty();
    assertThat(node.root.resolve("shared/data/log")).hasContent("line");
  }

  @Test
  void aDamagedBackupIsRefusedByTheNameOfTheFileThatDiffers() throws Exception {
    node.take(1, "shared/data");
    Path file = node.backup(1).resolve("files/shared/data/log");
    Files.writeString(file, "LINE\n");
    refused("shared/data/log has another content");
    Files.delete(file);
    refused("shared/data/log is missing");
    Files.writeString(file, "line\n");
    node.sh("chmod 600 '" + file + "'");
    refused("shared/data/log has mode 600, not ");
    Files.createFile(file.resolveSibling("more"));
    refused("and 1 more");
  }

  private void refused(String sentence) {
    String before = node.picture();
    assertThatThrownBy(() -> Restore.prepare(node.backups(), node.host, Node.id(1), GOAL))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("here: the backup " + Node.id(1) + " is damaged: ")
        .hasMessageContaining(sentence);
    assertThat(node.picture()).isEqualTo(before);
    assertThat(node.litter()).isEmpty();
  }

  @Test
  void aDamagedManifestIsRefusedAndListedAsUnreadable() throws Exception {
    node.take(1, "shared/data");
    Path manifest = node.backup(1).resolve("manifest.json");
    Files.writeString(manifest, " ", StandardOpenOption.APPEND);
    refused("its manifest.json is not what was written");
    byte[] bytes = Files.readAllBytes(manifest);
    Files.write(manifest, Arrays.copyOf(bytes, bytes.length / 2));
    refused("its manifest.json is not what was written");
    Files.writeString(manifest, "garbage");
    assertThat(node.backups().list(node.host).unreadable()).containsExactly(Node.id(1).text());
  }

  @Test
  void theSameReleaseIsStoredOnceAndADamagedCopyIsNotSharedAgain() throws Exception {
    node.take(1);
    node.take(2);
    String release = "/files/releases/echo-1/bin/echo";
    assertThat(inode(1, release)).isEqualTo(inode(2, release));
    Files.writeString(node.backup(2).resolve(release.substring(1)), "bad");
    node.take(3);
    assertThat(inode(3, release)).isNotEqualTo(inode(1, release));
    assertThat(node.backups().verify(node.host, Node.id(3)).version()).contains("echo-1");
  }

  @Test
  void whatChangedInAReleaseSinceTheLastBackupIsCopiedAndTheLastBackupStaysWhole() {
    node.take(1);
    node.sh("echo 'failed 3' >>releases/echo-1/.state");
    assertThat(node.take(2).state()).contains("failed");
    assertThat(node.backups().verify(node.host, Node.id(1)).state()).contains("good");
    assertThat(node.backups().verify(node.host, Node.id(2)).unsteady()).isEmpty();
  }

  private Object inode(int number, String name) throws Exception {
    return Files.getAttribute(Path.of(node.backup(number) + name), "unix:ino");
  }

  @Test
  void aFolderThatIsALinkIsNotBackedUpAsIfItWereTheDeployablesOwn() throws Exception {
    Files.createSymbolicLink(node.root.resolve("elsewhere"), folder);
    for (String path : new String[] {"elsewhere", "elsewhere/data"}) {
      assertThatThrownBy(() -> node.take(1, path))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("elsewhere is a symbolic link");
    }
    assertThat(node.litter()).isEmpty();
  }

  @Test
  void nothingIsRestoredThroughALinkThatWasPutInTheWay() throws Exception {
    node.take(1, "shared/data");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    node.sh("rm -rf shared; ln -s '" + outside + "' shared");
    assertThatThrownBy(
            () -> Restore.prepare(node.backups("shared/data"), node.host, Node.id(1), GOAL))
        .hasMessageContaining("shared is a symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void pathsOutsideTheRootOrOfDeployItselfAreRefused() {
    for (String path :
        new String[] {
          "../etc", "/etc", "a/../b", "", "a//b", "-rf", "backups", "current", "a/-x"
        }) {
      assertThatThrownBy(() -> node.backups(path))
          .isInstanceOf(CarillonException.class)
          .hasMessageContaining("backup.paths: '" + path + "'");
    }
    assertThatThrownBy(() -> node.backups("shared", "shared/data"))
        .hasMessageContaining("lies within shared");
  }

  @Test
  void oldBackupsGoButNeverTheLastGoodOne() {
    node.take(1);
    node.release("echo-2", "failed", "two");
    for (int i = 2; i <= 4; i++) {
      node.take(i);
    }
    assertThat(node.backups(Duration.ofDays(30), 2).prune(node.host, Set.of()))
        .containsExactly(Node.id(2));
    assertThat(node.backups(Duration.ZERO, 10).prune(node.host, Set.of(Node.id(3))))
        .as("it is needed")
        .isEmpty();
    assertThat(node.backups(Duration.ZERO, 10).prune(node.host, Set.of()))
        .containsExactly(Node.id(3));
    assertThat(node.backups().list(node.host).backups())
        .extracting(BackupHeader::id)
        .containsExactly(Node.id(4), Node.id(1));
    assertThat(node.backups().verify(node.host, Node.id(1)).isGood()).isTrue();
    assertThat(node.litter()).isEmpty();
  }

  @Test
  void oneThatIsTakenAgainForTheSameReasonIsTheOneThatIsThere() throws Exception {
    BackupHeader taken = node.take(1, "shared/data");
    assertThat(node.take(1, "shared/data")).isEqualTo(taken);
    assertThatThrownBy(
            () -> node.backups().take(node.host, Node.id(1), Node.before(ActionKind.BACKUP)))
        .hasMessageContaining("there is a backup " + Node.id(1) + " already");
    assertThat(node.backups().verify(node.host, Node.id(1))).isEqualTo(taken);
    Files.writeString(node.backup(1).resolve("files/shared/data/log"), "LINE\n");
    assertThatThrownBy(() -> node.take(1, "shared/data")).hasMessageContaining("is damaged");
  }

  @Test
  void whatCannotBeExchangedByRenamesIsRefused() {
    // A filesystem on which this account may not write, wherever the machine has one: root may
    // everywhere else.
    Path proc = Path.of("/proc/self");
    BackupScript script = new BackupScript(node.host, proc.getParent().toString());
    assertThatThrownBy(() -> script.requireMovable(List.of("self/data")))
        .hasMessageContaining("cannot write in /proc/self, which a rollback has to");
    BackupScript root = new BackupScript(node.host, "/");
    assertThatThrownBy(() -> root.requireMovable(List.of("proc/data")))
        .hasMessageContaining("/proc is a filesystem of its own");
  }

  @Test
  void aRollbackThatWasCutOffIsToldThoughWhatItLeftIsEmpty() {
    node.take(1);
    node.write(".restore-1/goal", "");
    BackupList there = node.backups().list(node.host);
    assertThat(there.cutOff()).contains(GOAL);
    assertThat(there.backups()).hasSize(1);
  }
}
