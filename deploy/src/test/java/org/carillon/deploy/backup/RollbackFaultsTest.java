package org.carillon.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.core.ExitCode;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.HostRecord;
import org.carillon.deploy.records.LockPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rollback that is cut off at every step of a host, and run again. All the faults happen in one
 * rollback, each on a host of its own; what the head node would do after it was killed, which is
 * nothing, is what it can do on a host that is gone.
 */
class RollbackFaultsTest {

  private static final String AGAIN = "run the rollback again when the host answers";
  private static final String UNTOUCHED = "nothing was changed there; " + AGAIN;
  private static final String UNKNOWN = "nothing of it is lost: " + AGAIN;
  private static final String AS_BEFORE = "what was there before is in place and was started again";

  /** Where, and what the user is told. */
  private enum Fault {
    LOCK("take the lock", CutHost.Cut.FOR_GOOD, "lock: ", UNTOUCHED),
    SWEEP("clear away", CutHost.Cut.FOR_GOOD, "look: ", UNTOUCHED),
    VERIFY("read the backup", CutHost.Cut.FOR_GOOD, "verify and prepare: ", UNTOUCHED),
    PREPARE("prepare the backup", CutHost.Cut.FOR_GOOD, "verify and prepare: ", UNTOUCHED),
    STOP("stop service", CutHost.Cut.FOR_GOOD, "stop: ", UNKNOWN),
    STOP_SHORTLY("stop service", CutHost.Cut.SHORTLY, "stop: ", AS_BEFORE),
    BACKUP("take the backup", CutHost.Cut.FOR_GOOD, "backup: ", UNKNOWN),
    SEAL("complete the backup", CutHost.Cut.FOR_GOOD, "backup: ", UNKNOWN),
    SWAP("put the backup", CutHost.Cut.FOR_GOOD, "swap: ", UNKNOWN),
    SWAP_SHORTLY("put the backup", CutHost.Cut.SHORTLY, "swap: ", AS_BEFORE),
    SWAP_TORN("put the backup", CutHost.Cut.TORN, "swap: ", UNKNOWN),
    READ_BACK("read what is in place", CutHost.Cut.FOR_GOOD, "read back: ", UNKNOWN),
    START("start service", CutHost.Cut.FOR_GOOD, "start: ", "echo-1 is in place, byte for byte"),
    HEALTH("run ", CutHost.Cut.FOR_GOOD, "health: ", "whether it runs is not known: " + AGAIN),
    FINISH("remove what was replaced", CutHost.Cut.FOR_GOOD, "", "");

    private final String command;
    private final CutHost.Cut cut;
    private final String step;
    private final String sentence;

    Fault(String command, CutHost.Cut cut, String step, String sentence) {
      this.command = command;
      this.cut = cut;
      this.step = step;
      this.sentence = sentence;
    }
  }

  @TempDir private static Path folder;

  private static Bench bench;
  private static ActionReport first;
  private static ActionReport second;
  private static final Map<String, String> BEFORE = new ConcurrentHashMap<>();
  private static final Map<String, Boolean> WAS_CUT = new ConcurrentHashMap<>();

  @BeforeAll
  static void cutThemAllOffAndGoBackAgain() throws IOException {
    Map<String, CutHost> hosts = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      hosts.put(fault.name(), new CutHost(fault.name(), fault.command, fault.cut));
    }
    bench = new Bench(folder, hosts);
    bench.onAll(name -> BEFORE.put(name, bench.picture(name)));
    String backup = bench.upgrade("echo-2", "good").text();
    hosts.values().forEach(CutHost::arm);
    first = bench.rollback(backup);
    hosts.forEach((name, host) -> WAS_CUT.put(name, host.heal()));
    // Another process would find that the holder of the locks that were left is dead.
    second = bench.rollback(backup, Bench.NO_CHECKS, new LockPolicy(Duration.ZERO, true));
  }

  @AfterAll
  static void endTheServices() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource
  void theSentenceNamesTheStepAndWhatToDoAndTheNextRollbackPutsAllRight(Fault fault) {
    String name = fault.name();
    assertThat(WAS_CUT).containsEntry(name, true);
    HostRecord cut = Bench.of(first, name);
    if (fault == Fault.FINISH) {
      assertThat(cut.outcome()).as("what is left to do can be left").isEqualTo("ok");
    } else {
      assertThat(cut.outcome()).isEqualTo("unreachable");
      assertThat(cut.sentence()).startsWith(fault.step).contains(fault.sentence);
      assertThat(cut.now().equals(HostRecord.UNKNOWN))
          .as("what is in use is known where the host answers again")
          .isEqualTo(fault.cut != CutHost.Cut.SHORTLY);
    }
    assertThat(first.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(first.outcome()).contains("; nobody could look at BACKUP,");

    assertThat(Bench.of(second, name).toString()).contains("outcome=ok");
    assertThat(second.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(bench.picture(name)).isEqualTo(BEFORE.get(name));
    assertThat(bench.node(name).litter()).isEmpty();
    assertThat(bench.node(name).root.resolve("lock")).doesNotExist();
    assertThat(services(name)).as("services that run").isEqualTo("1");
    assertThat(bench.node(name).sh("grep -lr echo-2 backups/*/files/shared/data/log"))
        .as("what was there before the first rollback is in a backup")
        .isNotEmpty();
  }

  /** How many processes work in a release of that host. */
  private static String services(String name) {
    return bench
        .node(name)
        .sh(
            "n=0; for p in /proc/[0-9]*; do case $(readlink \"$p/cwd\") in \"$PWD\"/releases/*)"
                + " n=$((n + 1)) ;; esac; done 2>/dev/null; echo $n")
        .strip();
  }
}
