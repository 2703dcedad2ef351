package org.carillon.exec;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.Workload;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.event.RunId;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.Reading;

/**
 * Runs a command at the common start. Its output is in {@code exec_NODE.out} and {@code
 * exec_NODE.err}; it finds the node, the run and the start in {@code CARILLON_NODE}, {@code
 * CARILLON_RUN_ID} and {@code CARILLON_START_NS} (true time, ns since the Unix epoch). It is over
 * when the program has ended; what that left running is ended then.
 */
public final class ExecWorkload implements Workload {

  private static final String MARK = "CARILLON_EXEC";

  /**
   * For the last of the output, when nobody is left who could write more, and for the exit code.
   * Both come at once, but on a machine that is busy; only for something that got away and holds
   * the output open one waits as long.
   */
  private static final Duration LAST_WORDS_PATIENCE = Duration.ofSeconds(5);

  /** So often that long, as long as something still comes. */
  private static final int LAST_WORDS_TIMES = 6;

  private final WorkloadSpec.Exec spec;
  private final long runId;
  private final String nodeId;
  private final Path folder;
  private final ClockSource clock;

  /** Completed by the program's end, or by whoever does not wait for that: the first has effect. */
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private Optional<HeldProgram> program = Optional.empty();
  private Optional<Thread> watch = Optional.empty();
  private ProcessFamily family;
  private KeptOutput standardOutput;
  private KeptOutput standardError;

  // What is found at the end; to be read when the watching thread has ended.
  private Optional<ExecResult> result = Optional.empty();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param runId of the run
   * @param nodeId names the files
   * @param folder for them
   */
  public ExecWorkload(
      WorkloadSpec.Exec spec, long runId, String nodeId, Path folder, ClockSource clock) {
    this.spec = spec;
    this.runId = runId;
    this.nodeId = nodeId;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Prepared prepare() {
    String mark = UUID.randomUUID().toString();
    HeldProgram held =
        HeldProgram.hold(
            spec,
            Map.of("CARILLON_NODE", nodeId, "CARILLON_RUN_ID", RunId.format(runId), MARK, mark),
            mark);
    try {
      Process process = held.process();
      family = new ProcessFamily(process.pid(), MARK + "=" + mark, clock);
      standardOutput = kept(process.getInputStream(), ".out");
      standardError = kept(process.getErrorStream(), ".err");
    } catch (RuntimeException e) {
      held.dismiss();
      throw e;
    }
    program = Optional.of(held);
    return new Prepared(OptionalInt.empty());
  }

  private KeptOutput kept(InputStream stream, String suffix) {
    return new KeptOutput(
        stream, folder.resolve("exec_" + nodeId + suffix), spec.outputLimitBytes());
  }

  @Override
  public void start(Reading first, Runnable finished) {
    HeldProgram held = program.orElseThrow();
    CompletableFuture<Long> endNs = held.process().onExit().thenApply(ended -> clock.monotonicNs());
    long releaseNs = clock.monotonicNs();
    held.release(first.bestNs());
    watch =
        Optional.of(
            Thread.ofPlatform()
                .daemon()
                .name("exec " + nodeId)
                .start(
                    () -> {
                      watch(held, releaseNs, endNs);
                      if (over.complete(null)) {
                        finished.run();
                      }
                    }));
  }

  private void watch(HeldProgram held, long releaseNs, CompletableFuture<Long> endNs) {
    try {
      boolean timedOut = false;
      try {
        CompletableFuture.anyOf(endNs, over).get(spec.timeout().toNanos(), TimeUnit.NANOSECONDS);
        if (!endNs.isDone()) {
          faults.add("the command was ended before it had finished.");
        }
      } catch (TimeoutException e) {
        timedOut = true;
        faults.add(
            "the command was ended since it ran longer than "
                + DurationText.format(spec.timeout().toNanos())
                + ".");
      }
      boolean endedByItself = faults.isEmpty();
      settle(held);
      OptionalInt exitCode = OptionalInt.empty();
      long elapsedNs;
      try {
        elapsedNs = endNs.get(LAST_WORDS_PATIENCE.toNanos(), TimeUnit.NANOSECONDS) - releaseNs;
        exitCode = OptionalInt.of(held.process().exitValue());
      } catch (TimeoutException e) {
        elapsedNs = clock.monotonicNs() - releaseNs;
      }
      if (endedByItself) {
        exitCode.stream().filter(code -> code != 0).forEach(code -> faults.add(failure(code)));
      }
      result =
          Optional.of(
              new ExecResult(
                  exitCode,
                  elapsedNs,
                  standardOutput.bytes(),
                  standardError.bytes(),
                  standardOutput.isCut() || standardError.isCut(),
                  timedOut));
    } catch (InterruptedException | ExecutionException e) {
      // Nobody interrupts this thread, and nothing in the futures fails.
      throw new IllegalStateException(e);
    }
  }

  private String failure(int exitCode) {
    return "the command exited with "
        + exitCode
        + switch (exitCode) {
          case 126, 127 -> ", as it does if a program cannot be executed";
          default -> exitCode > 128 ? ", after signal " + (exitCode - 128) : "";
        }
        + "; exec_"
        + nodeId
        + ".err has what it said.";
  }

  /** Ends all that is left, and closes the files. */
  private void settle(HeldProgram held) throws InterruptedException {
    List<Long> left = family.end();
    if (!left.isEmpty()) {
      faults.add("processes of the command could not be ended: " + left + "; end them by hand.");
    }
    held.dismiss();
    for (KeptOutput output : List.of(standardOutput, standardError)) {
      // Who could not be ended may write for ever.
      output.close(LAST_WORDS_PATIENCE, left.isEmpty() ? LAST_WORDS_TIMES : 1);
      output.fault().ifPresent(faults::add);
    }
  }

  @Override
  public Snapshot snapshot() {
    return new Snapshot(Counters.ZERO, LatencyHistogram.EMPTY);
  }

  @Override
  public Ending finish() {
    return end();
  }

  @Override
  public Ending abort(String reason) {
    return end();
  }

  private Ending end() {
    over.complete(null);
    // An interrupt, which is how a run is called off, must not leave processes behind.
    boolean interrupted = Thread.interrupted();
    try {
      if (watch.isPresent()) {
        watch.get().join();
      } else if (program.isPresent()) {
        settle(program.get());
      }
    } catch (InterruptedException e) {
      program.ifPresent(held -> held.process().destroyForcibly());
      faults.add("the command's end was not waited for.");
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Ending(
        faults.isEmpty() ? ExitCode.SUCCESS : ExitCode.SOME_FAILED,
        faults.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", faults)),
        LatencyHistogram.EMPTY,
        result);
  }
}
