package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.carillon.analysis.diagnosis.Answer.Verdict;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Incidents;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;
import org.carillon.core.record.ClockRow;

/** Whether something broke, in one sentence; the warnings tell more of each. */
final class Troubles {

  /** So many are named. */
  private static final int SHOWN = 5;

  private final Summary summary;
  private final Diagnosis diagnosis;
  private final List<String> found = new ArrayList<>();

  private Troubles(Summary summary, Diagnosis diagnosis) {
    this.summary = summary;
    this.diagnosis = diagnosis;
  }

  static Answer of(Summary summary, Diagnosis diagnosis, List<String> known) {
    Troubles troubles = new Troubles(summary, diagnosis);
    troubles.found.addAll(known);
    troubles.bounds();
    troubles.incidents();
    troubles.ntp();
    troubles.sending();
    troubles.losses();
    return troubles.answer();
  }

  private void bounds() {
    for (Clock clock : List.of(Clock.BOUNDED, Clock.HINDSIGHT, Clock.CHRONOTICK)) {
      if (diagnosis.refutes(clock, summary)) {
        found.add((clock == Clock.CHRONOTICK ? "" : "the ") + clock.bounds() + " do not hold");
      }
    }
  }

  private void incidents() {
    incident(Incidents::broken, "assumptions of the bounded clock broke");
    incident(one -> one.count(ClockRow.Kind.STEP), "clocks were set");
    incident(one -> one.count(ClockRow.Kind.SUSPEND), "machines slept");
    incident(one -> one.count(ClockRow.Kind.PAUSE), "programs stood still");
    for (String status : List.of("holdover", "unsynchronized")) {
      long n = 0;
      long all = 0;
      for (Map<String, Long> counts : diagnosis.status().values()) {
        n += counts.getOrDefault(status, 0L);
        all += counts.values().stream().mapToLong(Long::longValue).sum();
      }
      if (n > 0) {
        found.add(
            "the bounded clock was "
                + (status.equals("holdover") ? "in holdover" : status)
                + " in "
                + Quantity.percent(n, all)
                + " of its readings");
      }
    }
  }

  private void incident(ToLongFunction<Incidents> count, String what) {
    List<String> nodes =
        summary.incidents().entrySet().stream()
            .filter(entry -> count.applyAsLong(entry.getValue()) > 0)
            .map(Map.Entry::getKey)
            .toList();
    if (!nodes.isEmpty()) {
      found.add(what + " at " + Nodes.list(nodes));
    }
  }

  private void ntp() {
    ntp("NTP offsets are frozen between measurements", Diagnosis.NtpQuality::isFrozen);
    ntp("NTP uncertainties are a constant", Diagnosis.NtpQuality::isConstant);
    ntp("NTP offsets jump beyond their uncertainty", quality -> quality.contradictions() > 0);
  }

  private void ntp(String what, Predicate<Diagnosis.NtpQuality> is) {
    List<String> nodes =
        diagnosis.ntp().entrySet().stream()
            .filter(entry -> is.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!nodes.isEmpty()) {
      found.add(what + " at " + Nodes.list(nodes));
    }
  }

  private void sending() {
    summary
        .quality()
        .sender()
        .map(sender -> sender.lateness().p99Ns())
        .filter(late -> late.orElse(0) > Warnings.LATE_NS)
        .ifPresent(
            late ->
                found.add("the coordinator ran late, by " + Quantity.duration(late) + " at p99"));
  }

  private void losses() {
    long damaged = summary.input().stream().filter(one -> !one.file().problems().isEmpty()).count();
    if (damaged > 0) {
      found.add(Quantity.count(damaged, "file") + (damaged == 1 ? " is" : " are") + " damaged");
    }
    long foreign = summary.input().stream().mapToLong(InputAccount::foreign).sum();
    if (foreign > 0) {
      found.add(
          Quantity.count(foreign, "row") + (foreign == 1 ? " is" : " are") + " of another run");
    }
    long lost = summary.workers().values().stream().mapToLong(Accounting::lost).sum();
    if (lost > 0) {
      found.add(
          Quantity.count(lost) + " of " + Quantity.count(expected(), "arrival") + " are missing");
    }
  }

  private long expected() {
    return Math.multiplyExact(summary.sent(), summary.workers().size());
  }

  private Answer answer() {
    if (found.isEmpty()) {
      return new Answer(
          Verdict.HOLDS,
          "Nothing broke that this data can show: all "
              + Quantity.count(expected(), "arrival")
              + " are on record, no bound was refuted, and no clock is known to have been set or"
              + " lost its servers.");
    }
    int more = found.size() - SHOWN;
    List<String> shown = more > 1 ? found.subList(0, SHOWN) : found;
    return new Answer(
        Verdict.DOES_NOT_HOLD,
        "Something broke: "
            + String.join("; ", shown)
            + (more > 1 ? "; and " + more + " more, see the warnings" : "")
            + ".");
  }
}
