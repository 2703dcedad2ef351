package org.carillon.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedState;
import org.carillon.ssh.HostException;

/**
 * Watches a run: passes the coordinator's progress on and notices who dies. A worker's death does
 * not stop the others; a host that cannot be reached for a while is asked again.
 */
final class Broadcast {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(15);

  /** Workers are asked at every fourth look at the coordinator. */
  private static final int LOOKS_PER_ROUND = 4;

  private final Crew crew;
  private final Consumer<String> progress;
  private long readBytes;
  private String torn = "";
  private boolean contactLost;

  /**
   * @param progress gets every line that the coordinator writes on its standard output
   */
  Broadcast(Crew crew, Consumer<String> progress) {
    this.crew = crew;
    this.progress = progress;
  }

  /** How the sending ended. */
  enum End {
    /** The coordinator ended. */
    FINISHED,
    /** All workers have died. */
    NOBODY_LEFT,
    /** The deadline passed. */
    TOO_LATE,
    /** Stopping was wished for. */
    CANCELLED
  }

  /** Watches until the sending has ended. */
  End watch(Member coordinator, Map<String, Member> workers, Deadline deadline) {
    for (int look = 0; ; look++) {
      if (ended(coordinator)) {
        checkWorkers(workers, deadline);
        return crew.roster().healthyNodes().isEmpty() ? End.NOBODY_LEFT : End.FINISHED;
      }
      if (look % LOOKS_PER_ROUND == 0) {
        checkWorkers(workers, deadline);
        if (crew.roster().healthyNodes().isEmpty()) {
          return End.NOBODY_LEFT;
        }
      }
      if (crew.cancellation().requested()) {
        return End.CANCELLED;
      }
      if (deadline.passed()) {
        return End.TOO_LATE;
      }
      crew.cancellation().await(deadline.atMost(LOOK));
    }
  }

  /** Lets the workers record what is still on its way, then measure their last commit waits. */
  void settle(Duration time, Map<String, Member> workers) {
    Deadline end = new Deadline(crew.clock(), time);
    while (!end.passed() && !crew.cancellation().await(end.atMost(LOOK.multipliedBy(2)))) {
      checkWorkers(workers, new Deadline(crew.clock(), ASK));
    }
  }

  private boolean ended(Member coordinator) {
    try {
      passOn(coordinator);
      DetachedState state =
          Detached.state(coordinator.site().host(), coordinator.process().orElseThrow(), ASK);
      contactLost = false;
      return switch (state) {
        case DetachedState.Running running -> false;
        case DetachedState.Exited(int code) -> {
          passOn(coordinator);
          coordinator.exited(code);
          yield true;
        }
        case DetachedState.Gone gone -> {
          crew.roster()
              .fail(
                  Names.COORDINATOR,
                  "coordinator: is gone without a trace; was its host restarted?",
                  ExitCode.CONNECTION);
          yield true;
        }
      };
    } catch (HostException e) {
      if (!contactLost) {
        contactLost = true;
        crew.journal().warn(e.getMessage() + "; the run goes on, and so do the tries");
      }
      return false;
    }
  }

  private void passOn(Member coordinator) {
    String file = coordinator.file(CommandLines.PROGRESS_FILE);
    CommandResult result =
        coordinator
            .site()
            .host()
            .run(Command.of(List.of("tail", "-c", "+" + (readBytes + 1), "--", file), ASK));
    if (!result.succeeded() || result.out().isEmpty()) {
      return;
    }
    // Progress lines are ASCII, so characters are bytes.
    readBytes += result.out().length();
    String text = torn + result.out();
    int end = text.lastIndexOf('\n') + 1;
    torn = text.substring(end);
    text.substring(0, end).lines().forEach(progress);
  }

  private void checkWorkers(Map<String, Member> workers, Deadline deadline) {
    Map<String, Member> alive = new LinkedHashMap<>(workers);
    alive.keySet().removeIf(crew.roster()::failed);
    Map<String, Outcome<Optional<String>>> outcomes =
        FanOut.run(
            "watching",
            alive,
            new Deadline(crew.clock(), deadline.atMost(ASK)),
            crew.cancellation(),
            Broadcast::death);
    List<String> silent = new ArrayList<>();
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<Optional<String>>(Optional<String> death) ->
                death.ifPresent(reason -> crew.roster().fail(name, reason, ExitCode.SOME_FAILED));
            case Outcome.Failed<Optional<String>> failed -> silent.add(name);
          }
        });
    silent.removeIf(name -> crew.cancellation().requested());
    if (!silent.isEmpty()) {
      crew.journal().warn("no contact with " + String.join(", ", silent) + " for now");
    }
  }

  /** Why a worker is dead; empty if it lives. */
  private static Optional<String> death(Member member) {
    DetachedState state = Detached.state(member.site().host(), member.process().orElseThrow(), ASK);
    return switch (state) {
      case DetachedState.Running running -> Optional.empty();
      case DetachedState.Exited(int code) -> {
        member.exited(code);
        yield Optional.of(
            member.name()
                + ": the worker "
                + Verdicts.ending(code)
                + " during the run"
                + (code == 137 || code == 143 ? "" : Launch.lastWords(member)));
      }
      case DetachedState.Gone gone ->
          Optional.of(member.name() + ": the worker is gone without a trace during the run");
    };
  }
}
