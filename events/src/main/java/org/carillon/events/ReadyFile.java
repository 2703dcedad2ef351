package org.carillon.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.RunId;
import org.carillon.core.record.ClockCells;
import org.carillon.core.run.RunFiles;

/**
 * Tells whoever started a process that it is ready: a file of JSON that appears whole. One left by
 * an earlier process is removed first, so that it cannot be taken for news.
 */
public final class ReadyFile {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double NS_PER_MS = 1e6;

  private final Path path;

  public ReadyFile(Path path) {
    this.path = path;
  }

  /** Removes what an earlier process left, and makes sure that the file can be written later. */
  public void clear() {
    RunFiles.withdraw(path);
  }

  /** Lets the file appear. */
  public void publish(String node, OptionalInt port, OptionalLong runId, ClockCells clocks) {
    publish(node, port, OptionalInt.empty(), runId, clocks);
  }

  /** As above, for a worker with a control port. */
  public void publish(
      String node,
      OptionalInt port,
      OptionalInt controlPort,
      OptionalLong runId,
      ClockCells clocks) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("node", node)
            .put("pid", ProcessHandle.current().pid())
            .put("clock", clocks.status().text());
    port.ifPresent(number -> json.put("port", number));
    controlPort.ifPresent(number -> json.put("control_port", number));
    clocks
        .ntp()
        .ifPresentOrElse(
            offset ->
                json.put("ntp_offset_ms", offset.offsetNs() / NS_PER_MS)
                    .put("ntp_uncertainty_ms", offset.uncertaintyNs() / NS_PER_MS),
            () -> json.putNull("ntp_offset_ms").putNull("ntp_uncertainty_ms"));
    if (runId.isPresent()) {
      json.put("run_id", RunId.format(runId.getAsLong()));
    } else {
      json.putNull("run_id");
    }
    RunFiles.makeFolder(path.toAbsolutePath().getParent());
    RunFiles.publish(path, json + "\n");
  }
}
