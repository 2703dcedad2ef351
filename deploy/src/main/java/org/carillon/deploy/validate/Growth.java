package org.carillon.deploy.validate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CheckVerdict;
import org.carillon.core.time.DurationText;

/**
 * What the trend of a number adds to what is known of the number itself: a leak is a slope. It
 * warns of a limit that will be reached, and never turns a failure into something better.
 *
 * @param trend if there are samples enough
 * @param samples that there are
 */
record Growth(Optional<Trend> trend, int samples) {

  /** Of what is farther away, nobody need think now. */
  private static final Duration HORIZON = Duration.ofDays(3);

  /** What was seen for an hour says nothing of a week. */
  private static final double REACH = 10;

  private static final double SECONDS_PER_HOUR = 3_600;

  static Growth of(List<Trend.Sample> samples) {
    return new Growth(Trend.of(samples), samples.size());
  }

  /**
   * Adds it to a result.
   *
   * @param what the number is, for the sentence
   * @param name of the measurement to add, with its unit, per hour
   * @param now the number
   * @param limit of it
   */
  CheckResult addTo(CheckResult result, String what, String name, double now, double limit) {
    List<Measurement> measurements = new ArrayList<>(result.measurements());
    measurements.add(
        trend
            .map(slope -> Measurement.of(name, slope.perSecond() * SECONDS_PER_HOUR))
            .orElse(Measurement.missing(name)));
    CheckResult measured = result.with(measurements);
    if (trend.isEmpty() || !trend.get().grows()) {
      return measured;
    }
    Trend slope = trend.get();
    double earliest = slope.earliestSeconds(now, limit);
    boolean isNear =
        earliest <= HORIZON.toSeconds() && earliest <= REACH * slope.spanSeconds() && now <= limit;
    String grows =
        "%s: %s grow by %s an hour (95 %%: %s to %s; %d samples in %s)"
            .formatted(
                result.sentence(),
                what,
                hourly(name, slope.perSecond()),
                hourly(name, slope.lowPerSecond()),
                hourly(name, slope.highPerSecond()),
                slope.samples(),
                duration(slope.spanSeconds()));
    if (!isNear) {
      return said(measured, result.verdict(), grows, result.fix());
    }
    String when =
        grows
            + ", which reaches the limit in "
            + duration(earliest)
            + " to "
            + duration(slope.latestSeconds(now, limit));
    return result.verdict() == CheckVerdict.FAIL
        ? said(measured, CheckVerdict.FAIL, when, result.fix())
        : said(measured, CheckVerdict.WARN, when, "find what leaks before then");
  }

  private static CheckResult said(
      CheckResult result, CheckVerdict verdict, String sentence, String fix) {
    return new CheckResult(
        result.check(), result.part(), verdict, sentence, fix, result.measurements());
  }

  private static String hourly(String name, double perSecond) {
    double number = perSecond * SECONDS_PER_HOUR;
    return name.contains("_bytes_") ? Numbers.bytes(number) : Numbers.text(number);
  }

  private static String duration(double seconds) {
    double most = Duration.ofDays(36_500).toSeconds();
    return DurationText.rounded(Duration.ofSeconds(Math.round(Math.min(seconds, most))));
  }
}
