package org.carillon.deploy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedState;

/**
 * Waits for the ready files of processes that were started. A process that ends before it is ready
 * has failed; a host that cannot be reached for a while is asked again until the deadline.
 */
final class Readiness {

  /** How often the ready files are looked for. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Duration SAY = Duration.ofSeconds(10);
  private static final Duration ASK = Duration.ofSeconds(20);

  private final Crew crew;
  private final Map<String, String> lastTrouble = new LinkedHashMap<>();

  Readiness(Crew crew) {
    this.crew = crew;
  }

  /** Waits until each is ready or has failed; says every ten seconds who is missing. */
  void await(SequencedMap<String, Member> awaited, Deadline deadline) {
    long startNs = crew.clock().monotonicNs();
    long sayNs = SAY.toNanos();
    Map<String, Member> missing = new LinkedHashMap<>(awaited);
    while (true) {
      lookAtAll(missing, deadline);
      missing.values().removeIf(member -> member.ready().isPresent());
      missing.keySet().removeIf(crew.roster()::failed);
      if (missing.isEmpty()) {
        return;
      }
      if (deadline.passed()) {
        missing.keySet().forEach(name -> late(name, deadline));
        return;
      }
      long elapsedNs = crew.clock().monotonicNs() - startNs;
      if (elapsedNs >= sayNs) {
        sayNs += SAY.toNanos();
        crew.journal()
            .info(
                "after "
                    + DurationText.format(Duration.ofSeconds(elapsedNs / 1_000_000_000L))
                    + " not ready yet: "
                    + String.join(", ", missing.keySet()));
      }
      crew.cancellation().await(deadline.atMost(LOOK));
      crew.stopIfCancelled(Stage.START.word());
    }
  }

  private void late(String name, Deadline deadline) {
    String trouble = lastTrouble.get(name);
    crew.roster()
        .fail(
            name,
            name
                + ": not ready within the deadline of "
                + deadline
                + (trouble == null ? "; see logs/" + name + ".log" : " (" + trouble + ")"),
            ExitCode.TIMEOUT);
  }

  private void lookAtAll(Map<String, Member> missing, Deadline deadline) {
    Map<String, Outcome<Boolean>> outcomes =
        FanOut.run(
            "looking",
            missing,
            new Deadline(crew.clock(), deadline.atMost(ASK)),
            crew.cancellation(),
            this::look);
    crew.stopIfCancelled(Stage.START.word());
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<Boolean> seen -> lastTrouble.remove(name);
            case Outcome.Failed<Boolean>(String reason, ExitCode code) -> {
              boolean passing = code == ExitCode.CONNECTION || code == ExitCode.TIMEOUT;
              if (!passing) {
                crew.roster().fail(name, reason, code);
              } else if (!deadline.passed() && lastTrouble.put(name, reason) == null) {
                crew.journal().warn(reason + "; trying again");
              }
            }
          }
        });
  }

  private boolean look(Member member) {
    CommandResult result =
        member
            .site()
            .host()
            .run(Command.of(List.of("cat", "--", member.file(CommandLines.READY_FILE)), ASK));
    if (result.succeeded()) {
      try {
        member.ready(Ready.parse(result.out(), member.role().portName()));
      } catch (IllegalArgumentException e) {
        throw new CarillonException(ExitCode.INTERNAL, member.name() + ": " + e.getMessage(), e);
      }
      Ready ready = member.ready().orElseThrow();
      crew.journal()
          .info(
              member.name()
                  + ": ready on port "
                  + ready.port()
                  + ", clock "
                  + ready.clock()
                  + ready.offset().map(offset -> ", offset " + offset).orElse(""));
      return true;
    }
    DetachedState state = Detached.state(member.site().host(), member.process().orElseThrow(), ASK);
    switch (state) {
      case DetachedState.Running running -> {}
      case DetachedState.Exited(int code) -> {
        member.exited(code);
        throw endedEarly(member, Verdicts.ending(code));
      }
      case DetachedState.Gone gone -> throw endedEarly(member, "is gone without a trace");
    }
    return false;
  }

  private static CarillonException endedEarly(Member member, String how) {
    return new CarillonException(
        ExitCode.SOME_FAILED,
        member.name() + ": " + how + " before it was ready" + Launch.lastWords(member));
  }
}
