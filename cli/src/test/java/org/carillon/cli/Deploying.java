package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A deploy under way: what its tests wait for, and the processes that it has started. */
record Deploying(Program.Running running) implements AutoCloseable {

  /** For what comes sooner or later, however busy the machine is. */
  static final Duration DEADLINE = Duration.ofSeconds(300);

  /**
   * Arguments for a run whose records are not analysed: a quarter of a short run's processor time
   * goes into a report, which few tests look at.
   */
  static final Object[] WITHOUT_REPORT = {"--stages", "preflight,stage,start,warm-up,run,collect"};

  private static final Pattern SENDING = Pattern.compile("\"sent\":[1-9]");

  /** Starts it, and tells its progress in JSON. */
  static Deploying start(Program deploy) {
    return new Deploying(deploy.with("--progress", "json").start());
  }

  /** Waits until events are under way. */
  void awaitEventsSent() {
    await(
        "events are sent, and every worker has told when it began",
        () ->
            running
                .out()
                .lines()
                .anyMatch(
                    line -> SENDING.matcher(line).find() && !line.contains("\"start sent\"")));
  }

  /** Waits until it says so on standard error. */
  void awaitErr(String text) {
    await("'" + text + "' on standard error", () -> running.err().contains(text));
  }

  private void await(String description, BooleanSupplier condition) {
    Program.await(
        description,
        DEADLINE,
        () -> {
          boolean alive = running.process().isAlive();
          boolean holds = condition.getAsBoolean();
          assertThat(alive || holds).as(running.err()).isTrue();
          return holds;
        });
  }

  /** The process of a node's worker, or of {@code coordinator}, as it has told. */
  String process(String name) {
    Matcher started =
        Pattern.compile(name + ": \\w+ started as process (\\d+)").matcher(running.err());
    assertThat(started.find()).as(running.err()).isTrue();
    return started.group(1);
  }

  /** Kills a process that it has started on this machine. */
  void kill(String name) {
    signal(name, "KILL");
  }

  /** Sends a signal to a process that it has started on this machine. */
  void signal(String name, String signal) {
    assertThat(Program.command("kill", "-" + signal, process(name)).exitCode()).isZero();
  }

  /** Waits for its end. */
  Program.Result end() {
    return running.await(DEADLINE);
  }

  @Override
  public void close() {
    running.close();
  }
}
