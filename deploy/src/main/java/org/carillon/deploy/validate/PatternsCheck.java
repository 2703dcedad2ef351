package org.carillon.deploy.validate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.time.ClockSource;
import org.carillon.ssh.ShellWords;

/** Counts and quotes lines of the logs of a host, and of the journal of its systemd unit. */
final class PatternsCheck implements HostCheck {

  private static final Duration ASK = Duration.ofSeconds(60);

  private final List<String> logs;
  private final Optional<String> unit;
  private final List<Subject.Pattern> patterns;
  private final ClockSource clock;

  PatternsCheck(Subject subject, ClockSource clock) {
    this.logs = subject.logs();
    this.unit = subject.service().flatMap(Subject.Service::systemdUserUnit);
    this.patterns = subject.patterns();
    this.clock = clock;
  }

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.PATTERNS);
  }

  @Override
  public List<CheckResult> look(Node node, Question question) {
    List<CheckResult> results = new ArrayList<>();
    Map<Integer, ExtendedRegex> regexes = new LinkedHashMap<>();
    for (int i = 0; i < patterns.size(); i++) {
      try {
        regexes.put(i, ExtendedRegex.of(patterns.get(i).regex()));
      } catch (IllegalArgumentException e) {
        results.add(
            CheckResult.unknown(
                    CheckName.PATTERNS, e.getMessage(), "write it with what both have in common")
                .of(patterns.get(i).name()));
      }
    }
    String age = question.since().map(this::ageSeconds).map(String::valueOf).orElse("-");
    String out =
        node.host()
            .run(
                Script.LOGS.command(
                    List.of(node.root(), age),
                    calls(question.marks().of(node.name()), regexes),
                    ASK))
            .out();
    LogAnswers answers = LogAnswers.parse(out);
    regexes
        .keySet()
        .forEach(i -> results.add(judge(answers, i, patterns.get(i)).of(patterns.get(i).name())));
    return results;
  }

  /** Never below 0: what is yet to come has no lines. */
  private long ageSeconds(Instant since) {
    Instant now = Instant.EPOCH.plus(clock.realtimeNs(), ChronoUnit.NANOS);
    return Math.max(0, Math.ceilDiv(Duration.between(since, now).toMillis(), 1_000L));
  }

  private String calls(Map<String, LogMarks.Mark> marks, Map<Integer, ExtendedRegex> regexes) {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < sources().size(); i++) {
      if (i < logs.size()) {
        Optional<LogMarks.Mark> mark = Optional.ofNullable(marks.get(logs.get(i)));
        calls
            .append("log %d %s ".formatted(i, ShellWords.quote(logs.get(i))))
            .append(mark.map(one -> one.inode() + " " + one.sizeBytes()).orElse("-1 0"));
      } else {
        calls.append("journal %d %s".formatted(i, ShellWords.quote(unit.orElseThrow())));
      }
      calls.append('\n');
      regexes.forEach(
          (number, regex) ->
              calls.append(
                  "pattern %d %s %s\n"
                      .formatted(
                          number,
                          ShellWords.quote(regex.text()),
                          regex.ignoresCase() ? "-i" : "")));
    }
    return calls.append("echo 'done yes'\n").toString();
  }

  private List<String> sources() {
    List<String> sources = new ArrayList<>(logs);
    unit.ifPresent(name -> sources.add("journal of " + name));
    return sources;
  }

  private CheckResult judge(LogAnswers answers, int number, Subject.Pattern pattern) {
    LogAnswers.Counted all = LogAnswers.Counted.NONE;
    List<String> unread = new ArrayList<>();
    List<String> untimed = new ArrayList<>();
    for (int i = 0; i < sources().size(); i++) {
      String source = sources().get(i);
      Optional<LogAnswers.Counted> found = answers.counted(i, number, source);
      all = found.map(all::plus).orElse(all);
      if (found.isEmpty()) {
        boolean missing = answers.state(i).equals("missing");
        unread.add(source + (missing ? " is not there" : " cannot be read"));
      } else if (found.get().count() > 0 && answers.state(i).equals("untimed")) {
        untimed.add(source);
      }
    }
    String said = all.said(pattern.max());
    if (!untimed.isEmpty()) {
      said += "; every line of " + String.join(", ", untimed) + " counts, since none has a time";
    }
    if (all.count() > pattern.max()) {
      return CheckResult.fail(CheckName.PATTERNS, said, "read the log there")
          .with(Measurement.of("pattern_lines", all.count(), pattern.max()));
    }
    return unread.isEmpty()
        ? CheckResult.pass(CheckName.PATTERNS, said)
            .with(Measurement.of("pattern_lines", all.count(), pattern.max()))
        : CheckResult.unknown(
                CheckName.PATTERNS,
                String.join(", ", unread),
                "see whether the name is right and whether this account may read it")
            .with(Measurement.missing("pattern_lines"));
  }
}
