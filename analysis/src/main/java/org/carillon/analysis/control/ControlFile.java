package org.carillon.analysis.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.analysis.control.ControlRecord.CommonStart;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.Counts;
import org.carillon.analysis.control.ControlRecord.ExecEnd;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.input.InputProblem;
import org.carillon.core.run.WorkerEnd;

/**
 * The file {@code control.json} of a run. Whatever is wrong in it costs the part that it is in and
 * is told with its place; the rest of the run is analysed all the same.
 *
 * @param control what it tells; empty if there is no such file, or it is of no use
 * @param problems the first of everything that is wrong
 */
public record ControlFile(Optional<ControlRecord> control, List<InputProblem> problems) {

  private static final String NAME = "control.json";
  private static final long SCHEMA = 1;
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_PROBLEMS = 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public ControlFile {
    problems = List.copyOf(problems);
  }

  /** Reads the file in a run's folder, if there is one. */
  public static ControlFile in(Path folder) {
    Path file = folder.resolve(NAME);
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? new Reader().read(file)
        : new ControlFile(Optional.empty(), List.of());
  }

  private static final class Reader {

    private final List<InputProblem> problems = new ArrayList<>();
    private long more;

    ControlFile read(Path file) {
      Optional<ControlRecord> control =
          tree(file).flatMap(root -> part(() -> record(root), "nothing in it is used"));
      if (more > 0) {
        problems.add(problem(0, more + " more problems like these"));
      }
      return new ControlFile(control, problems);
    }

    private Optional<JsonNode> tree(Path file) {
      try {
        if (!Files.isRegularFile(file)) {
          complain(0, "this is no file that can be read; it is not used");
          return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
          complain(0, "the file is larger than 256 MiB; it is not used");
          return Optional.empty();
        }
        return Optional.of(JSON.readTree(Files.readAllBytes(file)));
      } catch (JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        complain(
            location == null ? 0 : Math.max(0, location.getLineNr()),
            "this is no JSON ("
                + e.getOriginalMessage().replaceAll("\\p{Cntrl}+", " ")
                + "); the file is not used");
        return Optional.empty();
      } catch (IOException e) {
        complain(0, "it cannot be read (" + e.getMessage() + "); it is not used");
        return Optional.empty();
      }
    }

    private ControlRecord record(JsonNode root) {
      Place top = Place.of(root, "");
      if (top.count("schema") != SCHEMA) {
        throw new Place.Malformed(
            "schema is " + top.count("schema") + ", and only " + SCHEMA + " is known here");
      }
      return new ControlRecord(
          top.text("workload"),
          optional(() -> top.object("command").map(Reader::command), "the command is not told"),
          Math.toIntExact(Math.min(255, top.count("exit_code"))),
          top.text("outcome"),
          part(() -> top.text("injected_faults"), "it is not used").orElse(""),
          optional(() -> top.object("start").map(Reader::start), "the common start is not used"),
          part(() -> top.optionalCount("last_event_id"), "it is not used")
              .orElse(OptionalLong.empty()),
          workers(top.list("workers")),
          optional(
              () -> top.object("all").flatMap(all -> all.object("counters")).map(Reader::counts),
              "the sums are not used"));
    }

    private static CommandLine command(Place command) {
      return new CommandLine(command.texts("argv"), command.count("timeout_ns"));
    }

    private static CommonStart start(Place start) {
      long workers = start.count("workers");
      return new CommonStart(
          start.ns("true_time_ns"),
          workers == 0
              ? Optional.empty()
              : Optional.of(
                  new Spread(
                      workers,
                      start.ns("spread_ns"),
                      start.ns("spread_min_ns"),
                      start.ns("spread_max_ns"))),
          start.text("sentence"),
          start.optionalNs("known_true_spread_ns"));
    }

    private List<ControlledWorker> workers(List<JsonNode> nodes) {
      List<ControlledWorker> workers = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (int i = 0; i < nodes.size(); i++) {
        JsonNode node = nodes.get(i);
        String path = "workers[" + i + "]";
        part(() -> worker(Place.of(node, path)), "this worker is left out")
            .ifPresent(
                worker -> {
                  if (names.add(worker.node())) {
                    workers.add(worker);
                  } else {
                    complain(
                        0, path + ".node is " + worker.node() + " again; only the first is used");
                  }
                });
      }
      return workers;
    }

    private ControlledWorker worker(Place worker) {
      String node = worker.text("node");
      if (node.isEmpty()) {
        throw new Place.Malformed(worker.path() + ".node is missing");
      }
      return new ControlledWorker(
          node,
          end(worker),
          worker.text("reason"),
          Math.toIntExact(
              Math.min(Integer.MAX_VALUE, worker.optionalCount("reconnects").orElse(0))),
          part(() -> worker.text("clock_specification"), "it is not used").orElse(""),
          part(() -> worker.text("injected_faults"), "it is not used").orElse(""),
          optional(
              () -> worker.object("start").map(Reader::reading), "this worker's start is not used"),
          optional(
              () -> worker.object("counters").map(Reader::counts),
              "this worker's counters are not used"),
          optional(() -> worker.optionalTruth("latency_reconciled"), "it is not used"),
          optional(
              () -> worker.object("exec").map(Reader::exec),
              "how this worker's command ended is not used"));
    }

    private static WorkerEnd end(Place worker) {
      String state = worker.text("state");
      return WorkerEnd.of(state)
          .orElseThrow(
              () ->
                  new Place.Malformed(
                      worker.path()
                          + ".state is \""
                          + state
                          + "\", not completed, failed or stopped"));
    }

    private static StartReading reading(Place start) {
      try {
        return new StartReading(
            start.ns("earliest_ns"),
            start.ns("best_ns"),
            start.ns("latest_ns"),
            start.optionalNs("known_true_time_ns"));
      } catch (IllegalArgumentException e) {
        throw new Place.Malformed(start.path() + ": " + e.getMessage());
      }
    }

    private static Counts counts(Place counts) {
      return new Counts(
          counts.count("received"),
          counts.count("duplicates"),
          counts.count("undecided"),
          counts.count("out_of_order"),
          counts.count("missing"),
          counts.count("highest_event_id"),
          counts.count("foreign"),
          counts.count("malformed"),
          counts.count("rows_written"),
          counts.count("rows_lost"),
          counts.count("receive_errors"));
    }

    private static ExecEnd exec(Place exec) {
      OptionalLong exitCode = exec.optionalCount("exit_code");
      return new ExecEnd(
          exitCode.isPresent()
              ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, exitCode.getAsLong()))
              : OptionalInt.empty(),
          exec.ns("elapsed_ns"),
          exec.count("standard_output_bytes"),
          exec.count("standard_error_bytes"),
          exec.truth("output_cut"),
          exec.truth("timed_out"));
    }

    /** A part that may be missing. */
    private <T> Optional<T> optional(Supplier<Optional<T>> reader, String consequence) {
      return part(reader, consequence).flatMap(value -> value);
    }

    /** A part of the file; empty, and complained of, if it is not as it should be. */
    private <T> Optional<T> part(Supplier<T> reader, String consequence) {
      try {
        return Optional.of(reader.get());
      } catch (Place.Malformed e) {
        complain(0, e.getMessage() + "; " + consequence);
        return Optional.empty();
      }
    }

    private void complain(long line, String what) {
      if (problems.size() < MAX_PROBLEMS) {
        problems.add(problem(line, what));
      } else {
        more++;
      }
    }

    private static InputProblem problem(long line, String what) {
      return new InputProblem(NAME, line, Optional.empty(), what);
    }
  }
}
