package org.carillon.deploy.validate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.core.time.DurationText;

/**
 * Asks the service of a host many times, there and one after the other: does it answer, and how
 * fast. Percentiles are by nearest rank; percentile p is there from n = 1/(1−p) answers on.
 */
final class ServiceCheck implements HostCheck {

  /** Without a limit of its 99th percentile. */
  private static final int FEW = 20;

  /** The fewest of which there is a 99th percentile. */
  private static final int MANY = 100;

  /** No other question is begun after that. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /** The last question may take 5 s, and its program some time to start. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final double US_PER_MS = 1e3;
  private static final double NS_PER_MS = 1e6;
  private static final String FIX = "see its log";

  private final Subject.Service service;
  private final Subject.Limits limits;

  ServiceCheck(Subject.Service service, Subject.Limits limits) {
    this.service = service;
    this.limits = limits;
  }

  /**
   * What came of the questions.
   *
   * @param tool that asked: {@code python3}, {@code sh}, or {@code none NAME} if NAME is missing
   * @param timesMs of the answers, rising; fewer than there were if some could not be timed
   * @param answered how many were well
   * @param failures why the others were not
   */
  record Asked(String tool, double[] timesMs, int answered, List<String> failures) {

    static Asked parse(String out) {
      Answers answers = Answers.parse(out);
      List<String> ok = answers.all("ok");
      double[] times =
          ok.stream()
              .flatMap(text -> Answers.numberIn(text.strip()).stream().boxed())
              .mapToDouble(us -> us / US_PER_MS)
              .sorted()
              .toArray();
      return new Asked(answers.text("tool").orElse(""), times, ok.size(), answers.all("failed"));
    }

    int count() {
      return answered + failures.size();
    }

    /** In ms, by nearest rank. */
    OptionalDouble percentileMs(double share) {
      int n = timesMs.length;
      return n == 0 || n < Math.rint(1 / (1 - share))
          ? OptionalDouble.empty()
          : OptionalDouble.of(timesMs[(int) Math.ceil(share * n - 1e-9) - 1]);
    }
  }

  @Override
  public Set<CheckName> names() {
    return service.probe().isEmpty()
        ? EnumSet.of(CheckName.HEALTH)
        : EnumSet.of(CheckName.HEALTH, CheckName.RESPONSE);
  }

  @Override
  public List<CheckResult> look(Node node, Question question) {
    boolean isTimed = service.probe().isPresent() && question.checks().contains(CheckName.RESPONSE);
    Optional<String> complaint = service.look().complaint(node.host());
    if (complaint.isPresent()) {
      return chosen(
          question,
          CheckResult.fail(CheckName.HEALTH, complaint.get(), FIX),
          CheckResult.unknown(CheckName.RESPONSE, "the service is not well", "see health"));
    }
    if (!isTimed) {
      return List.of(CheckResult.pass(CheckName.HEALTH, "the service is well"));
    }
    Asked asked = ask(node, service.probe().get(), limits.responseP99().isPresent() ? MANY : FEW);
    return chosen(question, health(asked), response(asked, limits.responseP99()));
  }

  private List<CheckResult> chosen(Question question, CheckResult health, CheckResult response) {
    return Stream.of(health, response)
        .filter(one -> question.checks().contains(one.check()) && names().contains(one.check()))
        .toList();
  }

  private static Asked ask(Node node, Subject.Probe probe, int count) {
    List<String> words = new ArrayList<>();
    switch (probe) {
      case Subject.Probe.Http(String url) -> words.addAll(List.of("http", url));
      case Subject.Probe.Port(int port) -> words.addAll(List.of("port", String.valueOf(port)));
      case Subject.Probe.Run(List<String> argv) -> {
        words.add("run");
        words.addAll(argv);
      }
    }
    words.addAll(
        1, List.of(String.valueOf(count), String.valueOf(BUDGET.toSeconds()), node.root()));
    return Asked.parse(node.host().run(Script.SERVICE.command(words, BUDGET.plus(SLACK))).out());
  }

  /** A look found it well; if half of the questions or more went wrong, it is not. */
  static CheckResult health(Asked asked) {
    int bad = asked.failures().size();
    if (bad == 0) {
      return CheckResult.pass(CheckName.HEALTH, "the service is well");
    }
    String said =
        "of %d questions %d failed: %s".formatted(asked.count(), bad, asked.failures().getLast());
    return 2 * bad >= asked.count()
        ? CheckResult.fail(CheckName.HEALTH, said, FIX)
        : CheckResult.warn(CheckName.HEALTH, said, FIX);
  }

  static CheckResult response(Asked asked, Optional<Duration> limit) {
    OptionalDouble limitMs =
        limit
            .map(most -> OptionalDouble.of(most.toNanos() / NS_PER_MS))
            .orElse(OptionalDouble.empty());
    OptionalDouble p50 = asked.percentileMs(0.5);
    OptionalDouble p95 = asked.percentileMs(0.95);
    OptionalDouble p99 = asked.percentileMs(0.99);
    int n = asked.timesMs().length;
    List<Measurement> found =
        List.of(
            Measurement.of("response_count", n),
            new Measurement("response_p50_ms", p50, OptionalDouble.empty()),
            new Measurement("response_p95_ms", p95, OptionalDouble.empty()),
            new Measurement("response_p99_ms", p99, limitMs));
    if (n == 0) {
      String missing =
          asked.tool().startsWith("none ")
              ? "there is neither python3 nor %s with timeout to ask it with"
                  .formatted(asked.tool().substring(5))
              : "no answer could be timed";
      return CheckResult.unknown(CheckName.RESPONSE, missing, FIX).with(found);
    }
    String said =
        "n = %d%s%s%s%s"
            .formatted(
                n,
                text(", p50 ", p50),
                text(", p95 ", p95),
                text(", p99 ", p99),
                asked.tool().equals("sh") ? ", with the start of a program in each" : "");
    if (limitMs.isEmpty()) {
      return CheckResult.pass(CheckName.RESPONSE, said).with(found);
    }
    String most = "; the limit of p99 is " + DurationText.format(limit.get());
    if (p99.isEmpty()) {
      // So many slow ones that p99 of 100 would be beyond it, whatever the others are.
      long slow = Arrays.stream(asked.timesMs()).filter(ms -> ms > limitMs.getAsDouble()).count();
      return slow > 1
          ? CheckResult.fail(
                  CheckName.RESPONSE, said + most + ", and %d took longer".formatted(slow), FIX)
              .with(found)
          : CheckResult.unknown(
                  CheckName.RESPONSE,
                  said + most + ", which takes %d answers to tell".formatted(MANY),
                  "see why so few came within " + BUDGET.toSeconds() + " s")
              .with(found);
    }
    return (p99.getAsDouble() <= limitMs.getAsDouble()
            ? CheckResult.pass(CheckName.RESPONSE, said)
            : CheckResult.fail(CheckName.RESPONSE, said + most, FIX))
        .with(found);
  }

  private static String text(String what, OptionalDouble ms) {
    return ms.isEmpty()
        ? ""
        : what + DurationText.rounded(Duration.ofNanos(Math.round(ms.getAsDouble() * NS_PER_MS)));
  }
}
