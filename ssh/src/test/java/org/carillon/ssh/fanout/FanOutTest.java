package org.carillon.ssh.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FanOutTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir private Path home;

  private SequencedMap<String, HostSource> hosts(int count) {
    SequencedMap<String, HostSource> hosts = new LinkedHashMap<>();
    for (int i = 1; i <= count; i++) {
      hosts.put("n" + i, HostSource.of(new LocalHost("n" + i, home)));
    }
    return hosts;
  }

  private static HostTask<String> script(String text) {
    HostTask<CommandResult> command = HostTask.running(Command.script(text, LONG));
    return host -> command.on(host).text();
  }

  @Test
  void everyHostHasItsOutcomeInTheOrderOfTheHosts() {
    SequencedMap<String, HostSource> hosts = hosts(2);
    for (HostException.Kind kind : HostException.Kind.values()) {
      hosts.put(
          kind.name(),
          () -> {
            throw new HostException(kind, kind.name(), "does not work");
          });
    }
    hosts.put(
        "ours",
        () -> {
          throw new AssertionError("a slip");
        });
    var outcomes =
        FanOut.run(
            FanOutSettings.of("the test", LONG),
            hosts,
            host -> {
              if (host.name().equals("n2")) {
                throw new CarillonException(ExitCode.CLOCKS, "n2: its clock is wrong");
              }
              return host.name();
            },
            FanOutListener.NONE);
    assertThat(outcomes.keySet()).containsExactlyElementsOf(hosts.keySet());
    assertThat(outcomes.values().stream().map(HostOutcome::word))
        .containsExactly(
            "ok",
            "not-done",
            "timeout",
            "unreachable",
            "authentication",
            "authentication",
            "unreachable",
            "remote-exit",
            "remote-exit",
            "not-done",
            "not-done",
            "not-done");
    assertThat(outcomes.get("n1").yielded()).contains("n1");
    assertThat(outcomes.get("n2").exitCode()).isEqualTo(ExitCode.CLOCKS);
    assertThat(outcomes.get("TIMEOUT").sentence()).isEqualTo("TIMEOUT: does not work");
    assertThat(outcomes.get("ours").exitCode()).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void anotherExitCodeThanZeroIsARemoteExitWithWhatTheCommandSaid() {
    var outcome =
        FanOut.run(
                FanOutSettings.of("the test", LONG),
                hosts(1),
                script("echo no space >&2; exit 7"),
                FanOutListener.NONE)
            .get("n1");
    assertThat(outcome.sentence()).startsWith("n1: `").endsWith("ended with exit code 7: no space");
    assertThat(((HostOutcome.RemoteExit<String>) outcome).result().map(CommandResult::exitCode))
        .contains(7);
  }

  @Test
  void noMoreHostsThanTheWidthAreAtWork() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FanOut.run(
        FanOutSettings.of("the test", LONG).withWidth(3),
        hosts(12),
        host -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          host.run(Command.script("sleep 0.05", LONG));
          return now.decrementAndGet();
        },
        FanOutListener.NONE);
    assertThat(most).hasValueBetween(1, 3);
  }

  @Test
  void theDeadlineEndsWhatHangsAndTellsWhatWasNotBegun() {
    CountDownLatch never = new CountDownLatch(1);
    var outcomes =
        LongEnough.deadline(
            deadline ->
                FanOut.run(
                    FanOutSettings.of("the test", deadline).withWidth(1),
                    hosts(2),
                    host -> hang(host, never),
                    FanOutListener.NONE),
            them -> sentences(them.values()).anyMatch(it -> it.contains("was under way")));
    assertThat(outcomes.values().stream().map(HostOutcome::word))
        .containsExactly("timeout", "timeout");
    assertThat(sentences(outcomes.values()))
        .anySatisfy(sentence -> assertThat(sentence).contains("was not begun"));
  }

  private static Stream<String> sentences(Collection<HostOutcome<String>> outcomes) {
    return outcomes.stream().map(HostOutcome::sentence);
  }

  @Test
  void stoppingKeepsWhatIsDoneAndInterruptsTheRest() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean stop = new AtomicBoolean();
    List<String> told = new ArrayList<>();
    var outcomes =
        FanOut.run(
            FanOutSettings.of("the test", LONG).withStop(stop::get),
            hosts(2),
            host -> host.name().equals("n1") ? "done" : hang(host, never),
            new FanOutListener() {
              @Override
              public void ended(String host, HostOutcome<?> outcome) {
                told.add(host);
                stop.set(true);
              }
            });
    assertThat(outcomes.get("n1").succeeded()).isTrue();
    assertThat(outcomes.get("n2").exitCode()).isEqualTo(ExitCode.ABORTED);
    assertThat(told).containsExactly("n1", "n2");
    assertThat(Tally.exitCode(outcomes.values())).isEqualTo(ExitCode.ABORTED);
  }

  private static String hang(Host host, CountDownLatch never) {
    try {
      never.await();
      return "never";
    } catch (InterruptedException e) {
      throw new HostException(HostException.Kind.INTERRUPTED, host.name(), "given up");
    }
  }

  @Test
  void aLostConnectionIsTriedAgainOnlyWhereThatIsSafe() {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger worked = new AtomicInteger();
    SequencedMap<String, HostSource> hosts = new LinkedHashMap<>();
    hosts.put(
        "n1",
        () -> {
          if (opened.incrementAndGet() == 1) {
            throw new HostException(HostException.Kind.UNREACHABLE, "n1", "is away");
          }
          return new LocalHost("n1", home);
        });
    HostTask<String> losing =
        host -> {
          if (worked.incrementAndGet() == 1) {
            throw new HostException(HostException.Kind.LOST, "n1", "broke");
          }
          return "done";
        };
    FanOutSettings settings = FanOutSettings.of("the test", LONG).withRetries(2);
    assertThat(FanOut.run(settings, hosts, losing, FanOutListener.NONE).get("n1").word())
        .isEqualTo("unreachable");
    assertThat(opened).hasValue(2);
    worked.set(0);
    assertThat(
            FanOut.run(settings, hosts, losing.mayBeRepeated(), FanOutListener.NONE)
                .get("n1")
                .yielded())
        .contains("done");
  }

  @Test
  void theWholeIsJudgedByItsParts() {
    HostOutcome<String> ok = new HostOutcome.Ok<>("");
    HostOutcome<String> late = new HostOutcome.TimedOut<>("n2: late");
    HostOutcome<String> no = new HostOutcome.RemoteExit<>(Optional.empty(), "n3: no");
    assertThat(Tally.exitCode(List.of(ok, ok))).isEqualTo(ExitCode.SUCCESS);
    assertThat(Tally.exitCode(List.of(ok, late))).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(Tally.exitCode(List.of(late, late))).isEqualTo(ExitCode.TIMEOUT);
    assertThat(Tally.exitCode(List.of(late, no))).isEqualTo(ExitCode.ALL_FAILED);
    assertThat(Tally.exitCode(List.of(no))).isEqualTo(ExitCode.ALL_FAILED);
  }

  @Test
  void theListenerIsToldThatTimePassesWhileAllAreAtWork() {
    CountDownLatch waited = new CountDownLatch(3);
    FanOutListener listener =
        new FanOutListener() {
          @Override
          public void waiting() {
            waited.countDown();
          }
        };
    HostTask<Boolean> task =
        host -> {
          try {
            return waited.await(LONG.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(FanOut.run(FanOutSettings.of("the test", LONG), hosts(2), task, listener).values())
        .allMatch(HostOutcome::succeeded);
    assertThat(waited.getCount()).isZero();
  }
}
