package org.carillon.analysis.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.carillon.analysis.RecordedRun;

/** A run of 120 events to two workers, a and b, with the control.json that belongs to it. */
final class ControlledRunFiles {

  static final int SENT = 120;
  static final long START = 1_795_000_000_000_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ControlledRunFiles() {}

  static ObjectNode control() {
    try {
      return (ObjectNode)
          JSON.readTree(
              """
              {"schema":1,"run_id":"00c0ffee00c0ffee","workload":"events","exit_code":0,
               "outcome":"2 of 2 workers completed","injected_faults":"",
               "start":{"true_time_ns":%1$d,"workers":2,"spread_ns":30000,"spread_min_ns":0,
                        "spread_max_ns":130000,"sentence":"2 workers started within 30 µs (between 0 and 130 µs, by their bounds)",
                        "known_true_spread_ns":25000},
               "last_event_id":120,
               "workers":[%2$s,%3$s],
               "all":{"counters":%4$s,"latency":{"n":0}}}
              """
                  .formatted(
                      START,
                      worker("a", START + 10_000, counters(1)),
                      worker("b", START + 40_000, counters(1)),
                      counters(2)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String worker(String node, long bestNs, String counters) {
    return """
    {"node":"%s","control":"h:1","state":"completed","reason":"","reconnects":0,
     "clock_specification":"simulated:offset=5ms","injected_faults":"",
     "start":{"earliest_ns":%d,"best_ns":%d,"latest_ns":%d,"known_true_time_ns":%d},
     "counters":%s,"latency":{"n":0},"latency_reconciled":true,
     "clock":{"status":"synchronized","offset_ns":1,"bound_ns":50000,"evidence":""},"exec":null}
    """
        .formatted(node, bestNs - 50_000, bestNs, bestNs + 50_000, bestNs - 700, counters);
  }

  private static String counters(int workers) {
    return """
    {"received":%1$d,"duplicates":0,"undecided":0,"out_of_order":0,"missing":0,
     "highest_event_id":120,"foreign":0,"malformed":0,"rows_written":%1$d,"rows_lost":0,
     "receive_errors":0,"kernel_drops":null}
    """
        .formatted(workers * SENT);
  }

  static ObjectNode worker(ObjectNode control, int index) {
    return (ObjectNode) control.at("/workers/" + index);
  }

  static ObjectNode counters(ObjectNode control, int index) {
    return (ObjectNode) control.at("/workers/" + index + "/counters");
  }

  static String coordinator() {
    return "event_id,sequence_number,send_time_ns\n"
        + IntStream.rangeClosed(1, SENT)
            .mapToObj(id -> "%d,%d,%d\n".formatted(id, id - 1, sendNs(id)))
            .collect(Collectors.joining());
  }

  static String rows(LongStream ids) {
    return "event_id,receive_time_ns,coordinator_send_time_ns\n"
        + ids.mapToObj(id -> "%d,%d,%d\n".formatted(id, sendNs(id) + 90_000, sendNs(id)))
            .collect(Collectors.joining());
  }

  static String allRows() {
    return rows(LongStream.rangeClosed(1, SENT));
  }

  private static long sendNs(long id) {
    return START + id * 1_000_000;
  }

  static RecordedRun run(Path folder, ObjectNode control) {
    return new RecordedRun(folder)
        .with("coordinator.csv", coordinator())
        .with("worker_a.csv", allRows())
        .with("worker_b.csv", allRows())
        .with("control.json", control.toString());
  }
}
