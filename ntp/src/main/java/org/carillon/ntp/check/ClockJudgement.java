package org.carillon.ntp.check;

import static org.carillon.core.CheckVerdict.FAIL;
import static org.carillon.core.CheckVerdict.PASS;
import static org.carillon.core.CheckVerdict.UNKNOWN;
import static org.carillon.core.CheckVerdict.WARN;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds what servers said of a clock against the thresholds: a pure function. What proves a clock
 * bad fails it; a bound that is too wide to prove anything is a warning, or leaves it unknown.
 */
final class ClockJudgement {

  private static final String NOBODY_ASKED = "it ended before a server could answer";

  private final Thresholds thresholds;
  private final ClockFindings.Measured time;

  private ClockJudgement(Thresholds thresholds, ClockFindings.Measured time) {
    this.thresholds = thresholds;
    this.time = time;
  }

  /** The checks, in the order in which they are shown. */
  static List<Check> judge(ClockFindings.Measured time, Thresholds thresholds) {
    ClockJudgement judgement = new ClockJudgement(thresholds, time);
    if (time.servers().stream().allMatch(server -> server.accepted() == 0)) {
      return List.of(judgement.bound(), judgement.answers());
    }
    return List.of(
        judgement.bound(),
        judgement.offset(),
        judgement.drift(),
        judgement.disturbances(),
        judgement.assumptions(),
        judgement.answers(),
        judgement.falsetickers());
  }

  private Check bound() {
    String limit = "within " + Amounts.duration(thresholds.maxBoundNs());
    if (!isAsked()) {
      return new Check("bound", UNKNOWN, "none", limit, NOBODY_ASKED, "");
    }
    if (time.offset().isEmpty()) {
      String why =
          time.isAnswered()
              ? "no server's answer can be believed now"
              : "no server has answered: " + complaints();
      return new Check("bound", FAIL, "none", limit, why, "see what is said of the servers");
    }
    long boundNs = time.offset().get().halfWidthNs();
    String measured = "±" + Amounts.atMost(boundNs);
    return boundNs <= thresholds.maxBoundNs()
        ? Check.pass("bound", measured, limit)
        : new Check(
            "bound",
            FAIL,
            measured,
            limit,
            "true time is known no better than that",
            "name a server with a shorter way to it, or measure longer");
  }

  private boolean isAsked() {
    return time.servers().stream().anyMatch(server -> server.asked() > 0);
  }

  private String complaints() {
    return time.servers().stream()
        .map(server -> server.server() + server.complaint().map(why -> ": " + why).orElse(""))
        .collect(Collectors.joining("; "));
  }

  private Check offset() {
    String limit = "within " + Amounts.duration(thresholds.maxOffsetNs());
    if (time.offset().isEmpty()) {
      return new Check("offset", UNKNOWN, "unknown", limit, "there is no bound to tell it", "");
    }
    OffsetBounds offset = time.offset().get();
    String measured = Amounts.offset(offset);
    if (offset.atLeastNs() > thresholds.maxOffsetNs()) {
      return new Check(
          "offset",
          FAIL,
          measured,
          limit,
          "the system clock is at least "
              + Amounts.atLeast(offset)
              + (offset.bestNs() > 0 ? " behind" : " ahead"),
          "let a time daemon set it");
    }
    return offset.atMostNs() <= thresholds.maxOffsetNs()
        ? Check.pass("offset", measured, limit)
        : new Check(
            "offset",
            WARN,
            measured,
            limit,
            "the system clock can be off by up to " + Amounts.atMost(offset),
            "name a server with a shorter way to it");
  }

  private Check drift() {
    String limit = "within " + Amounts.ppm(thresholds.maxDriftPpm());
    if (time.drift().isEmpty()) {
      return new Check(
          "drift", UNKNOWN, "unknown", limit, "there are no two moments to compare", "");
    }
    DriftBounds drift = time.drift().get();
    String measured = Amounts.drift(drift);
    if (drift.atLeastPpm() > thresholds.maxDriftPpm()) {
      return new Check(
          "drift",
          FAIL,
          measured,
          limit,
          "the system clock "
              + (drift.bestPpm() > 0 ? "gains" : "loses")
              + " more than a sound one does, or it was set meanwhile",
          "wait until the time daemon has settled, or let one steer it");
    }
    return drift.atMostPpm() <= thresholds.maxDriftPpm()
        ? Check.pass("drift", measured, limit)
        : new Check(
            "drift",
            UNKNOWN,
            measured,
            limit,
            "in so short a time, bounds so wide cannot tell",
            "measure longer, such as --for " + longEnough(drift));
  }

  /** The error of a drift shrinks with the time; half as long again, in whole minutes. */
  private String longEnough(DriftBounds drift) {
    double factor = Math.max(2, 1.5 * drift.errorPpm() / thresholds.maxDriftPpm());
    double minutes = factor * time.measured().toNanos() / 60e9;
    return minutes < 90
        ? Math.max(1, (long) Math.ceil(minutes)) + "m"
        : (long) Math.ceil(minutes / 60) + "h";
  }

  private Check disturbances() {
    List<String> all = time.disturbances();
    return all.isEmpty()
        ? Check.pass("disturbances", "none", "none")
        : new Check(
            "disturbances",
            WARN,
            String.valueOf(all.size()),
            "none",
            all.getLast() + (all.size() == 1 ? "" : ", and " + (all.size() - 1) + " before"),
            "see who sets this clock, or what stops this machine");
  }

  private Check assumptions() {
    String limit = time.assumptions().toString();
    return time.broken() == 0
        ? Check.pass("assumptions", "hold", limit)
        : new Check(
            "assumptions",
            WARN,
            "broke " + (time.broken() == 1 ? "once" : time.broken() + " times"),
            limit,
            time.lastBroken().orElse("answers contradict each other"),
            "bounds may be wrong: see whether a server's clock or this one was set");
  }

  private Check answers() {
    int asked = time.servers().stream().mapToInt(ServerFindings::asked).sum();
    int accepted = time.servers().stream().mapToInt(ServerFindings::accepted).sum();
    String measured = accepted + " of " + asked;
    String limit = "at least " + Math.round(100 * thresholds.minAnsweredShare()) + " % of each";
    if (!isAsked()) {
      return new Check("answers", UNKNOWN, measured, limit, NOBODY_ASKED, "");
    }
    List<String> faults =
        time.servers().stream()
            .filter(server -> server.acceptedShare() < thresholds.minAnsweredShare())
            .map(ClockJudgement::fault)
            .toList();
    return faults.isEmpty()
        ? Check.pass("answers", measured, limit)
        : new Check(
            "answers",
            accepted == 0 ? FAIL : WARN,
            measured,
            limit,
            String.join("; ", faults),
            "check the server's name, that it runs, and that UDP passes the firewalls");
  }

  private static String fault(ServerFindings server) {
    return server.server()
        + " gave "
        + server.accepted()
        + " of "
        + server.asked()
        + server.complaint().map(why -> " (" + why + ")").orElse("");
  }

  private Check falsetickers() {
    long servers = time.servers().stream().filter(server -> server.accepted() > 0).count();
    List<String> liars =
        time.servers().stream()
            .filter(ServerFindings::isFalseticker)
            .map(ServerFindings::server)
            .toList();
    String measured = (liars.isEmpty() ? "none" : liars.size()) + " of " + servers;
    if (liars.isEmpty()) {
      String remark = servers < 3 ? "it takes three servers to tell which of them is wrong" : "";
      return new Check("falsetickers", PASS, measured, "none", remark, "");
    }
    return time.offset().isPresent()
        ? new Check(
            "falsetickers",
            WARN,
            measured,
            "none",
            "not believed, since most others agree on another time: " + String.join(", ", liars),
            "ask others in their place")
        : new Check(
            "falsetickers",
            FAIL,
            measured,
            "none",
            "the servers contradict each other, and no majority tells who is right",
            "name at least three");
  }
}
