package org.carillon.control.view;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;

/** One JSON object on a line for each picture, flushed; docs/formats.md has its keys. */
public final class JsonView implements Consumer<RunView> {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double NS_PER_SECOND = 1e9;

  private final PrintStream out;
  private final Supplier<Optional<SendProgress>> sending;

  /**
   * @param sending how far the coordinator is; empty if it sends nothing
   */
  public JsonView(PrintStream out, Supplier<Optional<SendProgress>> sending) {
    this.out = out;
    this.sending = sending;
  }

  @Override
  public void accept(RunView view) {
    out.println(toJson(view, sending.get()));
    out.flush();
  }

  static String toJson(RunView view, Optional<SendProgress> sending) {
    ObjectNode json = MAPPER.createObjectNode();
    double elapsedSeconds = view.elapsed().toNanos() / NS_PER_SECOND;
    json.put("state", state(view));
    sending.ifPresent(
        progress -> {
          json.put("sent", progress.sent());
          json.put("total", progress.total());
          json.put("failed_sends", progress.failedSends());
          json.put("rate_hz", elapsedSeconds > 0 ? rounded(progress.sent() / elapsedSeconds) : 0);
        });
    json.put("elapsed_s", rounded(elapsedSeconds));
    sending.ifPresent(
        progress ->
            json.put("remaining_s", rounded(progress.remaining().toNanos() / NS_PER_SECOND)));
    json.put("phase", view.phase().name().toLowerCase(Locale.ROOT));
    json.put("waiting_for", view.waitingFor());
    ArrayNode workers = json.putArray("workers");
    view.workers().forEach(worker -> put(workers.addObject(), worker));
    return json.toString();
  }

  /** In the words of a coordinator without control streams. */
  private static String state(RunView view) {
    return switch (view.phase()) {
      case CONNECTING, PREPARING, CLOCK_GATE, STARTING -> "warming_up";
      case RUNNING, FINISHING -> "running";
      case ENDED ->
          view.workers().stream().anyMatch(worker -> worker.state().equals("aborted"))
              ? "aborted"
              : "finished";
    };
  }

  private static void put(ObjectNode json, WorkerView worker) {
    json.put("node", worker.name());
    json.put("state", worker.state());
    json.put("trouble", worker.trouble().orElse(null));
    json.put("received", worker.counters().received());
    json.put("missing", worker.counters().missing());
    json.put("rows_written", worker.counters().rowsWritten());
    json.put("rows_lost", worker.counters().rowsLost());
    worker
        .counters()
        .kernelDrops()
        .ifPresentOrElse(
            drops -> json.put("kernel_drops", drops), () -> json.putNull("kernel_drops"));
    json.put("rate_hz", rounded(worker.rateHz()));
    LatencyHistogram latencies = worker.latencies();
    ObjectNode latency = json.putObject("latency").put("n", latencies.count());
    if (latencies.count() > 0) {
      latency.put("p50_ns", latencies.percentileNs(50));
      latency.put("p99_ns", latencies.percentileNs(99));
      latency.put("max_ns", latencies.maxNs());
    }
    ObjectNode clock = json.putObject("clock");
    clock.put("status", worker.clock().status().name().toLowerCase(Locale.ROOT));
    clock.put("offset_ns", worker.clock().offset().map(it -> it.offsetNs()).orElse(null));
    clock.put("bound_ns", worker.clock().offset().map(it -> it.uncertaintyNs()).orElse(null));
    CpuShares cpu = worker.cpu();
    ObjectNode shares = json.putObject("cpu");
    put(shares, "user", cpu.user());
    put(shares, "system", cpu.system());
    put(shares, "iowait", cpu.iowait());
    put(shares, "process", cpu.process());
  }

  private static void put(ObjectNode json, String key, OptionalDouble share) {
    share.ifPresentOrElse(value -> json.put(key, rounded(value)), () -> json.putNull(key));
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
