package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade in which the answer to one command is lost, and the host answers again at once: for
 * each of its commands. The step is repeated, and all ends as if nothing had been.
 */
class LostAnswerTest {

  private static final String SERVICE = "touch up\nexec sleep 1000\n";

  @TempDir private Path folder;

  /** This machine, which loses the answer to one of its commands. */
  private static final class Losing extends ForwardingHost {
    private final int lost;
    private final List<String> commands = new ArrayList<>();

    Losing(Host real, int lost) {
      super(real);
      this.lost = lost;
    }

    @Override
    public CommandResult run(Command command) {
      int number;
      synchronized (this) {
        number = commands.size();
        commands.add(command.summary());
      }
      CommandResult result = super.run(command);
      if (number == lost) {
        throw new HostException(
            HostException.Kind.LOST, name(), "the connection broke while '" + command + "'");
      }
      return result;
    }
  }

  /** Returns the commands of an upgrade of which one was not answered. */
  private List<String> upgraded(Bench model, int lost) throws IOException {
    Bench bench = model.copy(Files.createDirectory(folder.resolve("case " + lost)));
    try {
      bench.serve(SERVICE);
      bench.releases().start(bench.host("b"));
      bench.write("build/etc/settings", "a=2\n", false);
      Losing host = new Losing(bench.host("b"), lost);
      release(bench, host, lost);
      OnHost there = OnHost.of(bench, "b");
      String what = lost < 0 ? "" : host.commands.get(lost);
      assertThat(there.files().get("etc/settings")).as(what).endsWith("a=2\n");
      assertThat(there.state()).as(what).isEqualTo(ReleaseState.GOOD);
      assertThat(there.services()).as(what).isEqualTo(1);
      assertThat(there.marks()).as(what).isEmpty();
      assertThat(bench.releases().releases(bench.host("b")))
          .as(what)
          .extracting(StoredRelease::state)
          .containsExactly(ReleaseState.GOOD, ReleaseState.GOOD);
      return host.commands;
    } finally {
      bench.stopAll();
    }
  }

  private static void release(Bench bench, Losing host, int lost) {
    ReleaseAction.Result result =
        bench.run(
            ReleaseAction.Kind.RELEASE,
            Map.of("b", host),
            Optional.empty(),
            "hosts=b",
            "service.health.window=20s", // many at once, on a machine that may be busy
            "rollout.soak=0s");
    String what = lost < 0 ? "" : host.commands.get(lost);
    assertThat(result.exitCode()).as(what + ": " + result.sentence()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void whicheverAnswerIsLostTheReleaseIsBroughtThere()
      throws IOException, InterruptedException, ExecutionException {
    Bench model = new Bench(Files.createDirectory(folder.resolve("model")));
    model.serve(SERVICE);
    model.write("hosts/b/shared/data/kept", "kept", false);
    release(model, new Losing(model.host("b"), -1), -1);
    model.releases().stop(model.host("b"));
    List<String> commands = upgraded(model, -1);
    assertThat(commands).anySatisfy(it -> assertThat(it).startsWith("complete the backup"));
    SequencedMap<String, Future<List<String>>> cases = new LinkedHashMap<>();
    try (ExecutorService many = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < commands.size(); i++) {
        int lost = i;
        cases.put(i + " " + commands.get(i), many.submit(() -> upgraded(model, lost)));
      }
    }
    for (Future<List<String>> each : cases.values()) {
      each.get();
    }
  }
}
