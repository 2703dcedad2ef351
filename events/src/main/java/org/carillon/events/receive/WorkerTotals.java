package org.carillon.events.receive;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.Injected;
import org.carillon.core.fault.InjectedCounts;
import org.carillon.core.run.RunFiles;

/**
 * What a worker did.
 *
 * @param nodeId the worker's node
 * @param counts what arrived
 * @param rowsWritten rows in the output file
 * @param rowsLost rows that are not in it although their events arrived
 * @param sideRowsLost the same for the files beside it, of samples and commit waits
 * @param kernelDrops datagrams that the kernel dropped because the socket's buffer was full; empty
 *     where it does not tell
 * @param receiveErrors how often receiving failed
 * @param commitWaitsUnmeasured measurements after a commit wait that were not due when the worker
 *     ended
 * @param injected what went wrong on purpose; empty if nothing did
 */
public record WorkerTotals(
    String nodeId,
    EventCounts counts,
    long rowsWritten,
    long rowsLost,
    long sideRowsLost,
    OptionalLong kernelDrops,
    long receiveErrors,
    long commitWaitsUnmeasured,
    Optional<Injected> injected) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** As one line of JSON; docs/formats.md has its keys. */
  public String toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("node", nodeId)
        .put("received", counts.received())
        .put("duplicates", counts.duplicates())
        .put("undecided", counts.undecided())
        .put("out_of_order", counts.outOfOrder())
        .put("missing", counts.missing())
        .put("highest_event_id", counts.highestEventId())
        .put("foreign", counts.foreign())
        .put("malformed", counts.malformedTotal());
    ObjectNode reasons = json.putObject("malformed_by_reason");
    counts.malformed().forEach(reasons::put);
    if (kernelDrops.isPresent()) {
      json.put("kernel_drops", kernelDrops.getAsLong());
    } else {
      json.putNull("kernel_drops");
    }
    json.put("receive_errors", receiveErrors)
        .put("rows_written", rowsWritten)
        .put("rows_lost", rowsLost)
        .put("side_rows_lost", sideRowsLost)
        .put("commit_waits_unmeasured", commitWaitsUnmeasured)
        .put("injected_faults", injected.map(Injected::plan).orElse(""));
    injected.ifPresent(faults -> write(faults.counts(), json.putObject("injected")));
    return json.toString();
  }

  private static void write(InjectedCounts counts, ObjectNode json) {
    json.put("datagrams", counts.datagrams())
        .put("lost", counts.lost())
        .put("duplicated", counts.duplicated())
        .put("held_back", counts.heldBack())
        .put("undelivered", counts.undelivered());
  }

  /** Writes them as JSON into a file that appears whole. */
  void publish(Path file) {
    RunFiles.makeFolder(file.toAbsolutePath().getParent());
    RunFiles.publish(file, toJson() + "\n");
  }

  /** What a process that did this ends with. */
  public ExitCode exitCode() {
    return rowsLost + sideRowsLost == 0 ? ExitCode.SUCCESS : ExitCode.SOME_FAILED;
  }

  /** One line for the log. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(counts.toString());
    kernelDrops.ifPresent(
        drops -> text.append(", ").append(drops).append(" dropped by the kernel"));
    text.append("; ").append(rowsWritten).append(" rows written, ");
    text.append(rowsLost).append(" lost");
    if (sideRowsLost > 0) {
      text.append("; ").append(sideRowsLost).append(" rows of samples or commit waits lost");
    }
    if (commitWaitsUnmeasured > 0) {
      text.append("; ").append(commitWaitsUnmeasured).append(" commit waits not measured");
    }
    injected.ifPresent(faults -> text.append("; ").append(faults));
    return text.toString();
  }
}
