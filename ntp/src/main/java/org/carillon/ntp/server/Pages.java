package org.carillon.ntp.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.carillon.core.time.ClockStatus;

/** What {@code /get_time} and {@code /healthz} answer. Pure. */
final class Pages {

  /**
   * The users of a ChronoTick service bound the time by three uncertainties, so a third of the
   * bound, rounded up, gives them all of it.
   */
  private static final int UNCERTAINTIES_IN_BOUND = 3;

  private Pages() {}

  /**
   * The time as ChronoTick clients expect it, and beside it what its two numbers are made from.
   *
   * @param localNs the moment, local time
   */
  static HttpService.Page time(Optional<ServedTime> served, long localNs) {
    if (served.isEmpty()) {
      return HttpService.Page.json(503, "{\"error\":\"unsynchronized\"}\n");
    }
    ServedTime known = served.get();
    long uncertaintyNs = Math.ceilDiv(known.boundNs(), UNCERTAINTIES_IN_BOUND);
    long timeNs = localNs + known.offsetNs();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("offset_ms", ms(known.offsetNs()))
            .put("uncertainty_ms", ms(uncertaintyNs))
            .put("time_ns", timeNs)
            .put("earliest_ns", timeNs - known.boundNs())
            .put("latest_ns", timeNs + known.boundNs())
            .put("status", known.status().text())
            .put("stratum", known.stratum());
    return HttpService.Page.json(200, json + "\n");
  }

  private static double ms(long ns) {
    return ns / 1e6;
  }

  /** 200 while the server has a time to serve, 503 while it has not; the body says the status. */
  static HttpService.Page health(Optional<ServedTime> served) {
    ClockStatus status = served.map(ServedTime::status).orElse(ClockStatus.UNSYNCHRONIZED);
    return new HttpService.Page(
        served.isPresent() ? 200 : 503, "text/plain; charset=utf-8", status.text() + "\n");
  }

  /** The Prometheus text. */
  static HttpService.Page metrics(String text) {
    return new HttpService.Page(200, "text/plain; version=0.0.4; charset=utf-8", text);
  }
}
