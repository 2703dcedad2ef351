package org.carillon.events.receive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.carillon.core.record.RecordFormat;
import org.carillon.core.record.WorkerRecord;
import org.carillon.events.ClockFiles;
import org.carillon.events.ClockOptions;

/**
 * What a worker is to do.
 *
 * @param nodeId stands in the rows and in file names: letters, digits, dot, underscore and hyphen
 * @param listenPort UDP port, 0 for any free one
 * @param clocks what the clock is measured with
 * @param output the CSV file of the events; the other files of the worker stand beside it
 * @param warmup how long the clocks are measured before the worker calls itself ready
 * @param commitWaits after which delays the uncertainty is noted again; may be empty
 * @param runId the run whose events are recorded; without one, those of any run
 * @param receive how to receive
 * @param readyFile appears when the worker is ready
 * @param summaryFile appears with the totals when the worker has ended
 */
public record WorkerOptions(
    String nodeId,
    int listenPort,
    ClockOptions clocks,
    Path output,
    Duration warmup,
    List<Duration> commitWaits,
    OptionalLong runId,
    ReceiveOptions receive,
    Optional<Path> readyFile,
    Optional<Path> summaryFile) {

  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  public WorkerOptions {
    if (!NODE_ID.matcher(nodeId).matches()) {
      throw new IllegalArgumentException(
          "'"
              + nodeId
              + "' is not a node id: use up to 100 letters, digits, dots, underscores and hyphens,"
              + " and begin with no dot or hyphen");
    }
    if (listenPort < 0 || listenPort > 65_535) {
      throw new IllegalArgumentException(
          listenPort + " is not a port (1–65535, or 0 for any free one)");
    }
    if (warmup.isNegative()) {
      throw new IllegalArgumentException("the warm-up must not be negative");
    }
    for (Duration delay : commitWaits) {
      if (!delay.isPositive()) {
        throw new IllegalArgumentException("a commit wait must be longer than 0");
      }
    }
    commitWaits = commitWaits.stream().distinct().sorted().toList();
  }

  /**
   * Of a worker that receives as usual.
   *
   * @param receiveBufferBytes what to ask the kernel for, if not the usual
   */
  public WorkerOptions(
      String nodeId,
      int listenPort,
      ClockOptions clocks,
      Path output,
      Duration warmup,
      List<Duration> commitWaits,
      OptionalLong runId,
      OptionalInt receiveBufferBytes,
      Optional<Path> readyFile,
      Optional<Path> summaryFile) {
    this(
        nodeId,
        listenPort,
        clocks,
        output,
        warmup,
        commitWaits,
        runId,
        ReceiveOptions.withBuffer(receiveBufferBytes),
        readyFile,
        summaryFile);
  }

  /** The same with what a coordinator's configuration adds. */
  WorkerOptions ofRun(long id, List<Duration> waits) {
    return new WorkerOptions(
        nodeId,
        listenPort,
        clocks,
        output,
        warmup,
        waits,
        OptionalLong.of(id),
        receive,
        readyFile,
        summaryFile);
  }

  /** Zero if there is none. */
  Duration longestCommitWait() {
    return commitWaits.isEmpty() ? Duration.ZERO : commitWaits.getLast();
  }

  /** Of the output. */
  RecordFormat recordFormat() {
    return WorkerRecord.format(nodeId, clocks.chronoTickServer().isPresent());
  }

  /** What is learned about the clock, beside the output. */
  ClockFiles clockFiles() {
    return ClockFiles.beside(output, nodeId);
  }

  /** commit_wait_NODE.csv, beside the output. */
  Path commitWaitFile() {
    return beside("commit_wait_" + nodeId + ".csv");
  }

  /** reception_NODE.csv, beside the output; nowhere if that is no file, such as /dev/null. */
  Path receptionFile() {
    boolean besideFile = Files.isRegularFile(output) || Files.notExists(output);
    return besideFile ? beside("reception_" + nodeId + ".csv") : Path.of("/dev/null");
  }

  private Path beside(String name) {
    return output.toAbsolutePath().resolveSibling(name);
  }
}
