package org.carillon.deploy.validate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.carillon.core.CheckVerdict;
import org.carillon.core.Count;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * A report as one line for Nagios and its kin, with performance data (Monitoring Plugins
 * Development Guidelines, "Plugin Output for Nagios"): of each number the greatest of all hosts.
 */
public final class NagiosText {

  /** So many findings; the line is cut somewhere by everybody who shows it. */
  private static final int MOST = 5;

  private static final int DECIMALS = 3;

  private NagiosText() {}

  /** What Nagios takes: OK, WARNING, CRITICAL and UNKNOWN. */
  public enum Status {
    OK,
    WARNING,
    CRITICAL,
    UNKNOWN;

    /** What a plugin ends with. */
    public int exitCode() {
      return ordinal();
    }
  }

  /** What fails is critical; then what is not known counts more than a warning. */
  public static Status status(ValidationReport report) {
    return report.results().isEmpty()
        ? Status.UNKNOWN
        : switch (report.verdict()) {
          case PASS -> Status.OK;
          case WARN -> Status.WARNING;
          case FAIL -> Status.CRITICAL;
          case UNKNOWN -> Status.UNKNOWN;
        };
  }

  /** The line, with a line feed at its end. */
  public static String text(ValidationReport report) {
    long good = report.hosts().size() - report.badHosts().size();
    Map<CheckResult, List<String>> bad = new LinkedHashMap<>();
    for (CheckVerdict verdict :
        List.of(CheckVerdict.FAIL, CheckVerdict.UNKNOWN, CheckVerdict.WARN)) {
      report
          .hosts()
          .forEach(
              (host, results) ->
                  results.stream()
                      .filter(one -> one.verdict() == verdict)
                      .forEach(
                          one ->
                              bad.computeIfAbsent(one.with(), key -> new java.util.ArrayList<>())
                                  .add(host)));
      report.whole().stream()
          .filter(one -> one.verdict() == verdict)
          .forEach(one -> bad.put(one.with(), List.of()));
    }
    String findings =
        bad.entrySet().stream()
            .limit(MOST)
            .map(
                entry ->
                    (entry.getValue().isEmpty() ? Alarms.ALL : NodeSet.of(entry.getValue()))
                        + " "
                        + entry.getKey().title()
                        + ": "
                        + entry.getKey().sentence())
            .collect(Collectors.joining("; "));
    String more = bad.size() > MOST ? "; and " + (bad.size() - MOST) + " more" : "";
    String line =
        "%s %s - %d of %s ok%s%s"
            .formatted(
                report.subject(),
                status(report),
                good,
                Count.of(report.hosts().size(), "host"),
                findings.isEmpty() ? "" : ": " + findings,
                more);
    return plain(line) + " | " + performance(report, good) + "\n";
  }

  /** The line of what could not be done at all. */
  public static String unknown(String subject, String sentence) {
    return plain(subject + " " + Status.UNKNOWN + " - " + sentence) + "\n";
  }

  /** A bar begins the performance data. */
  private static String plain(String text) {
    return text.replace('|', '/').replaceAll("\\p{Cntrl}", " ");
  }

  private static String performance(ValidationReport report, long good) {
    Map<String, Measurement> greatest = new LinkedHashMap<>();
    for (CheckResult result : report.results()) {
      String part =
          result.part().isEmpty() ? "" : "_" + result.part().replaceAll("[^A-Za-z0-9_-]", "_");
      for (Measurement one : result.measurements()) {
        if (one.value().isPresent()) {
          greatest.merge(
              one.name() + part,
              one,
              (a, b) -> a.value().getAsDouble() >= b.value().getAsDouble() ? a : b);
        }
      }
    }
    StringBuilder text =
        new StringBuilder("hosts_ok=%d;;;0;%d".formatted(good, report.hosts().size()));
    greatest.forEach(
        (name, one) ->
            text.append(' ')
                .append(name)
                .append('=')
                .append(number(one.value()))
                .append(unit(name))
                .append(one.limit().isPresent() ? ";;" + number(one.limit()) : ""));
    return text.toString();
  }

  private static String number(OptionalDouble value) {
    BigDecimal number =
        BigDecimal.valueOf(value.getAsDouble()).setScale(DECIMALS, RoundingMode.HALF_UP);
    return number.stripTrailingZeros().toPlainString();
  }

  /** Only those that Nagios knows; the others stand in the name. */
  private static String unit(String name) {
    return name.endsWith("_percent") ? "%" : name.endsWith("_ms") ? "ms" : "";
  }
}
