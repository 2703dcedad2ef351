package org.carillon.core.record;

import static org.carillon.core.record.Column.Type.DECIMAL;
import static org.carillon.core.record.Column.Type.INTEGER;
import static org.carillon.core.record.Column.Type.TEXT;

import java.util.List;

/** The columns of every CSV file of a run, in the order in which they are written. */
public final class Schemas {

  /** coordinator.csv: one row per event. */
  public static final List<Column> COORDINATOR =
      List.of(
          required("event_id", INTEGER),
          required("sequence_number", INTEGER),
          required("send_time_ns", INTEGER),
          optional("send_time_iso", TEXT),
          optional("ntp_offset_ms", DECIMAL),
          optional("ntp_timestamp_ns", INTEGER),
          optional("ct_offset_ms", DECIMAL),
          optional("ct_timestamp_ns", INTEGER),
          optional("pattern_delay_ms", DECIMAL),
          optional("workers_sent", TEXT),
          optional("workers_failed", TEXT),
          optional("scheduled_time_ns", INTEGER),
          optional("ntp_uncertainty_ms", DECIMAL),
          optional("bc_timestamp_ns", INTEGER),
          optional("bc_earliest_ns", INTEGER),
          optional("bc_latest_ns", INTEGER),
          optional("bc_status", TEXT),
          optional("true_time_ns", INTEGER),
          optional("raw_time_ns", INTEGER),
          optional("raw_uncertainty_ns", INTEGER),
          optional("lateness_ns", INTEGER),
          optional("transmit_time_ns", INTEGER));

  /**
   * worker_NODE.csv: one row per received event. A worker without ChronoTick leaves ct_ columns
   * out.
   */
  public static final List<Column> WORKER =
      List.of(
          required("event_id", INTEGER),
          optional("node_id", TEXT),
          optional("sequence_number", INTEGER),
          required("receive_time_ns", INTEGER),
          required("coordinator_send_time_ns", INTEGER),
          optional("ntp_offset_ms", DECIMAL),
          optional("ntp_uncertainty_ms", DECIMAL),
          optional("ntp_timestamp_ns", INTEGER),
          optional("ct_offset_ms", DECIMAL),
          optional("ct_uncertainty_ms", DECIMAL),
          optional("ct_timestamp_ns", INTEGER),
          optional("ct_lower_bound_ns", INTEGER),
          optional("ct_upper_bound_ns", INTEGER),
          optional("timestamp_source", TEXT),
          optional("bc_timestamp_ns", INTEGER),
          optional("bc_earliest_ns", INTEGER),
          optional("bc_latest_ns", INTEGER),
          optional("bc_status", TEXT),
          optional("true_time_ns", INTEGER),
          optional("raw_time_ns", INTEGER),
          optional("raw_uncertainty_ns", INTEGER));

  /** samples_NODE.csv: one row per NTP exchange. */
  public static final List<Column> SAMPLES =
      List.of(
          required("server", TEXT),
          optional("t1_ns", INTEGER),
          optional("t2_ns", INTEGER),
          optional("t3_ns", INTEGER),
          optional("t4_ns", INTEGER),
          optional("offset_ns", INTEGER),
          optional("delay_ns", INTEGER),
          optional("stratum", INTEGER),
          optional("root_delay_ns", INTEGER),
          optional("root_dispersion_ns", INTEGER),
          optional("leap", INTEGER),
          required("verdict", TEXT),
          optional("t1_raw_ns", INTEGER),
          optional("t4_raw_ns", INTEGER),
          optional("error_ns", INTEGER),
          optional("t1_source", TEXT),
          optional("t4_source", TEXT),
          optional("mode", TEXT));

  /** clock_NODE.csv: one row per notable thing about a node's clock. */
  public static final List<Column> CLOCK =
      List.of(
          required("local_time_ns", INTEGER),
          required("raw_time_ns", INTEGER),
          required("kind", TEXT),
          optional("size_ns", INTEGER),
          optional("detail", TEXT));

  /** commit_wait_NODE.csv: one row per event and delay, appended when the delay has passed. */
  public static final List<Column> COMMIT_WAIT =
      List.of(
          required("event_id", INTEGER),
          required("delay_s", DECIMAL),
          optional("bc_uncertainty_ns", INTEGER),
          optional("ct_uncertainty_ms", DECIMAL));

  /** reception_NODE.csv: one row per second in which something came or was dropped. */
  public static final List<Column> RECEPTION =
      List.of(
          required("local_time_ns", INTEGER),
          optional("received", INTEGER),
          optional("malformed", INTEGER),
          optional("foreign", INTEGER),
          optional("kernel_drops", INTEGER),
          optional("rows_lost", INTEGER));

  private Schemas() {}

  /** The columns of {@link #WORKER} that a worker with or without ChronoTick writes. */
  static List<Column> worker(boolean withChronoTick) {
    return WORKER.stream()
        .filter(column -> withChronoTick || !column.name().startsWith("ct_"))
        .toList();
  }

  private static Column required(String name, Column.Type type) {
    return new Column(name, type, true);
  }

  private static Column optional(String name, Column.Type type) {
    return new Column(name, type, false);
  }
}
