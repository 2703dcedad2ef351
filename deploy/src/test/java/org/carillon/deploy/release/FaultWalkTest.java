package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.Command;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A deployment is killed at every step, and a host cut off at every step; then it is finished, or
 * taken back: with {@code -Dwalk.all=true} each of them both, else in turn. The cases wait rather
 * than compute, for hosts that are tried again: so they are under way together, and each test looks
 * at one.
 */
class FaultWalkTest {

  private static final List<String> HOSTS = List.of("a", "b");
  private static final String SERVICE = "touch up\nexec sleep 1000\n";

  @TempDir private static Path temporary;
  private static final SequencedMap<Case, Future<Walked>> CASES = new LinkedHashMap<>();
  private static String oldId;
  private static String newId;
  private static Map<String, String> oldFiles;
  private static Map<String, String> newFiles;

  /**
   * @param then how the deployment is gone on with
   */
  private record Case(Step at, Fault.Kind fault, ReleaseAction.Kind then) {
    @Override
    public String toString() {
      return fault + " at " + at.word() + ", then " + then;
    }
  }

  /**
   * What came of one.
   *
   * @param broken what was said of a host that was cut off; nobody says anything who is killed
   * @param between by host, what is there after the fault
   * @param refused what was said if it was finished on the other host, and so not taken back
   * @param there by host, what is there in the end
   */
  private record Walked(
      boolean struck,
      Optional<ReleaseAction.Result> broken,
      Map<String, OnHost> between,
      Optional<ReleaseAction.Result> refused,
      ReleaseAction.Result result,
      Map<String, OnHost> there) {}

  @BeforeAll
  static void walk() throws IOException {
    Bench model = new Bench(Files.createDirectory(temporary.resolve("model")));
    model.serve(SERVICE);
    release(model);
    oldId = model.releases().current(model.host("a")).orElseThrow();
    oldFiles = model.inUse("a");
    for (String host : HOSTS) {
      model.releases().stop(model.host(host));
      model.write("hosts/" + host + "/shared/data/kept", "kept", false);
    }
    Bench upgraded = copy(model, "upgraded");
    upgrade(upgraded);
    release(upgraded);
    newId = upgraded.releases().current(upgraded.host("a")).orElseThrow();
    newFiles = upgraded.inUse("a");
    upgraded.stopAll();
    try (ExecutorService many = Executors.newFixedThreadPool(16)) {
      for (Case it : cases()) {
        String name = "case-" + CASES.size();
        CASES.put(it, many.submit(() -> walked(it, copy(model, name))));
      }
    }
  }

  @AfterAll
  static void forget() {
    CASES.clear();
  }

  private static Bench copy(Bench model, String name) throws IOException {
    Bench bench = model.copy(Files.createDirectory(temporary.resolve(name)));
    bench.serve(SERVICE);
    return bench;
  }

  private static void upgrade(Bench bench) {
    bench.write("build/etc/settings", "a=2\n", false);
  }

  private static void release(Bench bench) {
    ReleaseAction.Result result =
        bench.run(ReleaseAction.Kind.RELEASE, hosts(bench, Optional.empty()), Optional.empty());
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SUCCESS);
  }

  private static Map<String, Host> hosts(Bench bench, Optional<Fault> fault) {
    Map<String, Host> hosts = new LinkedHashMap<>();
    for (String name : HOSTS) {
      Host host = bench.host(name);
      hosts.put(name, fault.map(it -> it.over(host)).orElse(host));
    }
    return hosts;
  }

  private static Walked walked(Case it, Bench bench) throws IOException {
    try {
      HOSTS.forEach(host -> bench.releases().start(bench.host(host)));
      upgrade(bench);
      int commandsBefore = it.then() == ReleaseAction.Kind.FINISH ? 0 : 1;
      Fault fault =
          new Fault(it.fault(), it.at(), "b", commandsBefore, bench.load().deployable().reports());
      Optional<ReleaseAction.Result> broken = Optional.empty();
      try {
        broken =
            Optional.of(
                bench.run(
                    ReleaseAction.Kind.RELEASE,
                    hosts(bench, Optional.of(fault)),
                    Optional.of(proof(it.at() == Step.UNDO)),
                    "rollout.canary=0",
                    "rollout.soak=0s"));
      } catch (Fault.Killed e) {
        // Nobody is left to say anything.
      }
      Map<String, OnHost> between = there(bench);
      Optional<ReleaseAction.Result> refused = Optional.empty();
      ReleaseAction.Result result = goOn(bench, it.then());
      if (result.sentence().contains("is finished on a already")) {
        refused = Optional.of(result);
        result = goOn(bench, ReleaseAction.Kind.FINISH);
      }
      return new Walked(
          fault.struck(),
          broken.filter(any -> it.fault() == Fault.Kind.CUT),
          between,
          refused,
          result,
          there(bench));
    } finally {
      bench.stopAll();
    }
  }

  private static ReleaseAction.Result goOn(Bench bench, ReleaseAction.Kind how) {
    return bench.run(
        how, hosts(bench, Optional.empty()), Optional.of(proof(false)), "rollout.soak=0s");
  }

  /** Asks every host something. */
  private static Proof proof(boolean isBad) {
    return new Proof() {
      @Override
      public void before(Fleet hosts) {}

      @Override
      public Map<String, String> complaints(Fleet hosts, String id) {
        Map<String, String> complaints = new LinkedHashMap<>();
        for (String name : hosts.names().names()) {
          try {
            hosts.host(name).run(Command.script("true", Duration.ofSeconds(10)));
            if (isBad) {
              complaints.put(name, "tests answers: no");
            }
          } catch (HostException e) {
            complaints.put(name, HostSentence.bare(name, e.getMessage()));
          }
        }
        return complaints;
      }
    };
  }

  private static Map<String, OnHost> there(Bench bench) throws IOException {
    Map<String, OnHost> there = new LinkedHashMap<>();
    for (String name : HOSTS) {
      there.put(name, OnHost.of(bench, name));
    }
    return there;
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (Step at : Step.values()) {
      for (Fault.Kind fault : Fault.Kind.values()) {
        // Each step is finished after one fault and taken back after the other; or all, if asked.
        boolean finishes = (at.ordinal() + fault.ordinal()) % 2 == 0;
        if (finishes || Boolean.getBoolean("walk.all")) {
          all.add(new Case(at, fault, ReleaseAction.Kind.FINISH));
        }
        if (!finishes || Boolean.getBoolean("walk.all")) {
          all.add(new Case(at, fault, ReleaseAction.Kind.UNDO));
        }
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void nothingIsLostAndNothingIsLeftUnsaid(Case it)
      throws InterruptedException, ExecutionException {
    Walked walked = CASES.get(it).get();
    assertThat(walked.struck()).as("it happened").isTrue();
    walked.broken().ifPresent(broken -> requireSaid(it, broken, walked.between()));

    boolean finishing = it.then() == ReleaseAction.Kind.FINISH;
    ReleaseAction.Result result = walked.result();
    List<String> ids = walked.there().values().stream().map(OnHost::current).distinct().toList();
    assertThat(ids).as(result.sentence()).hasSize(1);
    assertThat(result.exitCode()).as(result.sentence()).isEqualTo(ExitCode.SUCCESS);
    boolean isFinishedOnA =
        it.at() == Step.FINISH && !walked.between().get("a").marks().contains("pending");
    assertThat(walked.refused().isPresent()).isEqualTo(!finishing && isFinishedOnA);
    walked
        .refused()
        .ifPresent(
            said -> {
              assertThat(said.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
              assertThat(said.sentence()).contains("b: undo: " + newId, "deploy resume");
            });
    walked
        .there()
        .forEach(
            (host, there) -> {
              if (finishing) {
                assertThat(there.current()).as(result.sentence()).isEqualTo(newId);
              } else if (it.at() != Step.FINISH) {
                assertThat(there.current()).as(result.sentence()).isEqualTo(oldId);
              }
              assertThat(there.state()).isEqualTo(ReleaseState.GOOD);
              assertThat(there.files())
                  .isEqualTo(there.current().equals(oldId) ? oldFiles : newFiles);
              assertThat(there.kept()).isEqualTo("kept");
              assertThat(there.services()).as("services on " + host).isEqualTo(1);
              assertThat(there.marks()).isEmpty();
            });
  }

  /** The host that was not cut off is well, and the sentence says what to do about the other. */
  private static void requireSaid(
      Case it, ReleaseAction.Result broken, Map<String, OnHost> between) {
    OnHost other = between.get("a");
    assertThat(other.marks()).as(broken.sentence()).isEmpty();
    assertThat(other.services()).isEqualTo(1);
    assertThat(other.state()).isEqualTo(ReleaseState.GOOD);
    assertThat(other.current()).isEqualTo(it.at() == Step.FINISH ? newId : oldId);
    boolean isTouched = between.get("b").marks().contains("pending");
    if (isTouched && it.at() != Step.FINISH) {
      assertThat(broken.sentence())
          .as("it may have either release")
          .contains("; in use on a: " + oldId + "; nobody could look at b");
    }
    String step = it.at() == Step.UNDO ? "validate" : it.at().word();
    assertThat(broken.sentence()).contains("b: ").contains(isTouched ? "deploy resume" : "again");
    assertThat(broken.sentence()).containsAnyOf("b: " + step + ": ", next(it.at()));
    assertThat(broken.exitCode())
        .as(broken.sentence())
        .isEqualTo(it.at() == Step.FINISH ? ExitCode.SOME_FAILED : ExitCode.ALL_FAILED);
  }

  /** A step of few commands may be over when the fault comes. */
  private static String next(Step step) {
    Step[] steps = Step.values();
    return "b: " + steps[Math.min(step.ordinal() + 1, steps.length - 1)].word() + ": ";
  }
}
