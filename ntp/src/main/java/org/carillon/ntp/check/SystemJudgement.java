package org.carillon.ntp.check;

import static org.carillon.core.CheckVerdict.FAIL;
import static org.carillon.core.CheckVerdict.PASS;
import static org.carillon.core.CheckVerdict.UNKNOWN;
import static org.carillon.core.CheckVerdict.WARN;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.time.KernelClock;

/**
 * Judges what the system says of its clock: a pure function. Where servers were asked, the kernel's
 * claims are held against what they said; where none was, its claims are all there is.
 */
final class SystemJudgement {

  /** Counters that take a microsecond and more to read, or lose ticks. */
  private static final Set<String> SLOW_COUNTERS =
      Set.of("hpet", "acpi_pm", "pit", "jiffies", "refined-jiffies");

  private SystemJudgement() {}

  /** The checks, in the order in which they are shown. */
  static List<Check> judge(ClockFindings findings, Thresholds thresholds) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        findings
            .time()
            .map(time -> kernel(findings.kernel(), time))
            .orElseGet(() -> kernelAlone(findings.kernel(), thresholds)));
    findings.kernel().flatMap(SystemJudgement::leapSecond).ifPresent(checks::add);
    checks.add(daemons(findings.daemons()));
    checks.add(counter(findings.counter()));
    return checks;
  }

  private static Check kernel(Optional<KernelClock> kernel, ClockFindings.Measured time) {
    String limit = time.offset().isPresent() ? "holds the offset" : "";
    if (kernel.isEmpty()) {
      return silent(limit);
    }
    if (!kernel.get().isSynchronized()) {
      return new Check(
          "kernel",
          WARN,
          "unsynchronized",
          "synchronized",
          "nobody vouches for the system clock",
          "start a time daemon, or see whether it has found its servers");
    }
    long claimedNs = kernel.get().maxErrorNs();
    boolean refuted = time.offset().isPresent() && time.offset().get().atLeastNs() > claimedNs;
    return refuted
        ? new Check(
            "kernel",
            FAIL,
            claim(claimedNs),
            limit,
            "the system clock is farther off than the time daemon claims",
            "do not build on that claim; see what the daemon follows")
        : Check.pass("kernel", claim(claimedNs), limit);
  }

  private static Check kernelAlone(Optional<KernelClock> kernel, Thresholds thresholds) {
    String limit = "within " + Amounts.duration(thresholds.maxBoundNs());
    if (kernel.isEmpty()) {
      return silent(limit);
    }
    if (!kernel.get().isSynchronized()) {
      return new Check(
          "kernel",
          FAIL,
          "unsynchronized",
          limit,
          "nobody vouches for the system clock",
          "start a time daemon, or measure with --server");
    }
    long claimedNs = kernel.get().maxErrorNs();
    return claimedNs <= thresholds.maxBoundNs()
        ? new Check(
            "kernel", PASS, claim(claimedNs), limit, "that is a claim; --server measures it", "")
        : new Check(
            "kernel",
            FAIL,
            claim(claimedNs),
            limit,
            "the time daemon claims no better than that",
            "measure with --server, which often tells more");
  }

  private static String claim(long ns) {
    return "claims ±" + Amounts.duration(ns);
  }

  private static Check silent(String limit) {
    return new Check(
        "kernel",
        UNKNOWN,
        "unknown",
        limit,
        "adjtimex is not to be had here",
        "a container may forbid it: look on the host");
  }

  private static Optional<Check> leapSecond(KernelClock kernel) {
    return switch (kernel.state()) {
      case OK, WAIT, ERROR -> Optional.empty();
      case INSERT, IN_LEAP_SECOND -> Optional.of(leapSecond("inserted"));
      case DELETE -> Optional.of(leapSecond("left out"));
    };
  }

  private static Check leapSecond(String what) {
    return new Check(
        "leap second",
        WARN,
        "announced",
        "none",
        "a second is " + what + " at the end of this day (UTC)",
        "let no experiment run at midnight");
  }

  private static Check daemons(List<TimeDaemon> daemons) {
    List<TimeDaemon> steering = daemons.stream().filter(TimeDaemon::steers).toList();
    String measured =
        daemons.isEmpty()
            ? "none seen"
            : daemons.stream()
                .map(one -> one.kind().text() + (one.steers() ? "" : ", not steering"))
                .collect(Collectors.joining("; "));
    String limit = "one steers";
    return switch (steering.size()) {
      case 0 ->
          new Check(
              "daemon",
              WARN,
              measured,
              limit,
              "nobody is seen to steer the clock",
              "start chronyd (from within a container, the host's daemon is not seen)");
      case 1 -> Check.pass("daemon", measured, limit);
      default ->
          new Check(
              "daemon",
              FAIL,
              measured,
              limit,
              steering.stream().map(TimeDaemon::toString).collect(Collectors.joining(" and "))
                  + " steer the same clock against each other",
              "stop all but one");
    };
  }

  private static Check counter(Optional<String> counter) {
    if (counter.isEmpty()) {
      return new Check(
          "counter", UNKNOWN, "unknown", "", "the kernel does not say what it counts with", "");
    }
    return SLOW_COUNTERS.contains(counter.get())
        ? new Check(
            "counter",
            WARN,
            counter.get(),
            "a fast one",
            "reading the clock takes a microsecond and more",
            "see why the kernel gave the processor's counter up: dmesg | grep -i clocksource")
        : Check.pass("counter", counter.get(), "a fast one");
  }
}
