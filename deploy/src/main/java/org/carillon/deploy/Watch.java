package org.carillon.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedState;
import org.carillon.ssh.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a run: passes the coordinator's progress on, and notices who dies before the coordinator
 * can know why. What else becomes of the workers, the coordinator says; a host that cannot be
 * reached for a while is asked again.
 */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(15);

  /** By then, a coordinator has noticed that nobody is left. */
  private static final Duration ALONE = Duration.ofSeconds(30);

  /** Workers are asked at every fourth look at the coordinator. */
  private static final int LOOKS_PER_ROUND = 4;

  /** Exit codes from here on are those of a shell: not executed, or killed by a signal. */
  private static final int NOT_ITS_OWN = 126;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BEFORE_THE_GATE = Set.of("connecting", "preparing");

  private final Crew crew;
  private final ProgressListener progress;
  private long readBytes;
  private boolean contactLost;
  private boolean prepared;

  /** What was last said of a worker. */
  private final Map<String, String> troubles = new HashMap<>();

  /**
   * @param progress gets every line that the coordinator writes on its standard output
   */
  Watch(Crew crew, ProgressListener progress) {
    this.crew = crew;
    this.progress = progress;
  }

  /** How it ended. */
  enum End {
    /** All workers are prepared. */
    PREPARED,
    /** The coordinator ended. */
    FINISHED,
    /** All workers have died, and the coordinator does not end. */
    NOBODY_LEFT,
    /** The deadline passed. */
    TOO_LATE,
    /** Stopping was wished for. */
    CANCELLED
  }

  /** Watches until all workers are prepared, or it has ended before. */
  End untilPrepared(Member coordinator, Map<String, Member> workers, Deadline deadline) {
    return watch(coordinator, workers, deadline, true);
  }

  /** Watches until the run has ended. */
  End untilEnded(Member coordinator, Map<String, Member> workers, Deadline deadline) {
    return watch(coordinator, workers, deadline, false);
  }

  private End watch(
      Member coordinator, Map<String, Member> workers, Deadline deadline, boolean toPrepared) {
    Optional<Deadline> alone = Optional.empty();
    for (int look = 0; ; look++) {
      if (ended(coordinator)) {
        checkWorkers(workers, deadline);
        return End.FINISHED;
      }
      if (toPrepared && prepared) {
        return End.PREPARED;
      }
      if (look % LOOKS_PER_ROUND == 0) {
        checkWorkers(workers, deadline);
      }
      if (alone.isEmpty() && crew.roster().healthyNodes().isEmpty()) {
        alone = Optional.of(new Deadline(crew.clock(), ALONE));
      }
      if (alone.filter(Deadline::passed).isPresent()) {
        return End.NOBODY_LEFT;
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
    // A torn last line is read again when it is whole: it may end within a character.
    String lines = result.out().substring(0, result.out().lastIndexOf('\n') + 1);
    readBytes += lines.getBytes(StandardCharsets.UTF_8).length;
    lines.lines().forEach(this::take);
  }

  private void take(String line) {
    progress.line(line);
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      LOG.debug("not a line of progress: {}", line, e);
      return;
    }
    String phase = json.path("phase").asText();
    prepared |= !phase.isEmpty() && !BEFORE_THE_GATE.contains(phase);
    for (JsonNode worker : json.path("workers")) {
      String trouble = worker.path("trouble").asText("");
      String node = worker.path("node").asText();
      if (worker.path("trouble").isTextual() && !trouble.equals(troubles.put(node, trouble))) {
        crew.journal().warn(node + ": " + trouble);
      }
    }
  }

  private void checkWorkers(Map<String, Member> workers, Deadline deadline) {
    Map<String, Member> alive = new LinkedHashMap<>(workers);
    alive.keySet().removeIf(crew.roster()::failed);
    alive.values().removeIf(member -> member.exitCode().isPresent());
    Map<String, Outcome<Optional<String>>> outcomes =
        FanOut.run(
            "watching",
            alive,
            new Deadline(crew.clock(), deadline.atMost(ASK)),
            crew.cancellation(),
            Watch::death);
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

  /**
   * Why a worker is dead; empty if it lives, or has ended by itself: that is part of a run, and the
   * coordinator knows whether it was in good order.
   */
  private static Optional<String> death(Member member) {
    DetachedState state = Detached.state(member.site().host(), member.process().orElseThrow(), ASK);
    return switch (state) {
      case DetachedState.Running running -> Optional.empty();
      case DetachedState.Exited(int code) -> {
        member.exited(code);
        yield code < NOT_ITS_OWN
            ? Optional.empty()
            : Optional.of(
                member.name() + ": the worker " + Verdicts.ending(code) + " during the run");
      }
      case DetachedState.Gone gone ->
          Optional.of(member.name() + ": the worker is gone without a trace during the run");
    };
  }
}
