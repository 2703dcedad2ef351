package org.carillon.ntp.server;

import java.math.BigDecimal;
import java.util.Optional;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.ntp.wire.NtpPacket;

/** Writes the metrics of a time server in the Prometheus text format 0.0.4. Pure. */
final class MetricsText {

  private final StringBuilder text = new StringBuilder();

  private MetricsText() {}

  /**
   * The whole page.
   *
   * @param clockSpecification of the served clock, such as {@code system}
   * @param stampedBy who stamps arrivals as a rule
   * @param served what the server knows; empty while unsynchronized
   * @param falsetickers number of upstream servers not believed
   */
  static String of(
      String clockSpecification,
      TimestampSource stampedBy,
      Counters counters,
      Optional<ServedTime> served,
      int falsetickers) {
    MetricsText page = new MetricsText();
    page.start(Metric.INFO)
        .value(
            Metric.INFO,
            "{clock=\"" + escape(clockSpecification) + "\",stamp=\"" + stampedBy.text() + "\"}",
            "1");
    Totals totals = counters.totals();
    page.count(Metric.REQUESTS, totals.requests());
    page.count(Metric.ANSWERS, totals.answers());
    page.count(Metric.KISSES, totals.kisses());
    page.count(Metric.DROPPED, totals.dropped());
    page.count(Metric.MALFORMED, totals.malformed());
    page.count(Metric.NOT_FROM_CLIENT, totals.notFromClient());
    page.count(Metric.SEND_FAILURES, totals.sendFailures());
    page.start(Metric.UPSTREAM_SAMPLES)
        .value(Metric.UPSTREAM_SAMPLES, "{outcome=\"accepted\"}", counters.samplesAccepted)
        .value(Metric.UPSTREAM_SAMPLES, "{outcome=\"refused\"}", counters.samplesRefused);
    page.count(Metric.FALSETICKERS, falsetickers);
    page.clock(served);
    return page.text.toString();
  }

  private void clock(Optional<ServedTime> served) {
    ClockStatus current = served.map(ServedTime::status).orElse(ClockStatus.UNSYNCHRONIZED);
    start(Metric.STATUS);
    for (ClockStatus status : ClockStatus.values()) {
      value(Metric.STATUS, "{status=\"" + status.text() + "\"}", status == current ? "1" : "0");
    }
    start(Metric.OFFSET).seconds(Metric.OFFSET, served.map(ServedTime::offsetNs));
    start(Metric.BOUND).seconds(Metric.BOUND, served.map(ServedTime::boundNs));
    start(Metric.ROOT_DELAY).seconds(Metric.ROOT_DELAY, served.map(ServedTime::rootDelayNs));
    start(Metric.ROOT_DISPERSION)
        .seconds(Metric.ROOT_DISPERSION, served.map(ServedTime::rootDispersionNs));
    count(Metric.STRATUM, served.map(ServedTime::stratum).orElse(NtpPacket.STRATUM_UNSYNCHRONIZED));
    count(Metric.LEAP, served.map(ServedTime::leap).orElse(NtpPacket.LEAP_UNSYNCHRONIZED));
  }

  private MetricsText start(Metric metric) {
    text.append(metric.header());
    return this;
  }

  private void count(Metric metric, long number) {
    start(metric).value(metric, "", number);
  }

  private void seconds(Metric metric, Optional<Long> ns) {
    ns.ifPresent(value -> value(metric, "", BigDecimal.valueOf(value, 9).toPlainString()));
  }

  private MetricsText value(Metric metric, String labels, Object number) {
    text.append(metric.fullName()).append(labels).append(' ').append(number).append('\n');
    return this;
  }

  private static String escape(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
