package org.carillon.deploy.validate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a subject on many hosts and says how it stands. */
public final class Validation {

  private static final String AGAIN = "run validate again";
  private static final Logger LOG = LoggerFactory.getLogger(Validation.class);
  private static final Duration ASK = Duration.ofSeconds(60);

  private final SequencedMap<String, ? extends HostSource> hosts;
  private final Question question;
  private final Means means;
  private final Subject subject;
  private final Checks checks;
  private final Findings findings;

  private Validation(
      SequencedMap<String, ? extends HostSource> hosts,
      Subject subject,
      Question question,
      Means means) {
    this.hosts = hosts;
    this.subject = subject;
    this.question = question;
    this.means = means;
    this.checks = Checks.of(subject, means);
    this.findings = new Findings(hosts.keySet());
  }

  /** What can be looked at of a subject. */
  public static Set<CheckName> applicable(Subject subject, Means means) {
    return Collections.unmodifiableSet(Checks.of(subject, means).names());
  }

  /** Looks at a deployable on the hosts of a fleet. */
  public static ValidationReport run(Fleet fleet, Question question, Means means) {
    return run(fleet.hosts(), Subject.of(fleet), question, means);
  }

  /**
   * Looks. Connections are left open.
   *
   * @param hosts by the names that they have themselves; at least one
   * @throws CarillonException ABORTED if it was cancelled
   */
  public static ValidationReport run(
      SequencedMap<String, ? extends HostSource> hosts,
      Subject subject,
      Question question,
      Means means) {
    return new Validation(hosts, subject, question, means).run();
  }

  /**
   * Notes how long the logs are, so that later only what is new counts.
   *
   * @return what could be noted; nothing of a host that does not answer
   */
  public static LogMarks mark(SequencedMap<String, ? extends HostSource> hosts, Subject subject) {
    SequencedMap<String, Map<String, LogMarks.Mark>> found = new LinkedHashMap<>();
    FanOut.run(
            FanOutSettings.of("noting how long the logs are", ASK),
            hosts,
            host -> marks(host, subject),
            FanOutListener.NONE)
        .forEach((name, outcome) -> outcome.yielded().ifPresent(it -> found.put(name, it)));
    return LogMarks.of(found);
  }

  private static Map<String, LogMarks.Mark> marks(Host host, Subject subject) {
    List<String> words = new ArrayList<>(List.of(subject.rootOn(host.name())));
    words.addAll(subject.logs());
    CommandResult result = host.run(Script.MARKS.command(words, ASK));
    Map<String, LogMarks.Mark> marks = new LinkedHashMap<>();
    for (String line : Answers.parse(result.out()).all("mark")) {
      Answers.numbersIn(line, 3)
          .filter(numbers -> numbers[0] >= 1 && numbers[0] <= subject.logs().size())
          .ifPresent(
              numbers ->
                  marks.put(
                      subject.logs().get((int) numbers[0] - 1),
                      new LogMarks.Mark(numbers[1], numbers[2])));
    }
    return marks;
  }

  private ValidationReport run() {
    Instant at = Instant.EPOCH.plus(means.clock().realtimeNs(), ChronoUnit.NANOS);
    SequencedMap<String, Node> nodes = onAll("asking the hosts", hosts, this::ask);
    SequencedMap<String, HostSource> answering = new LinkedHashMap<>();
    nodes.forEach((name, node) -> answering.put(name, HostSource.of(node.host())));
    onAll("checking", answering, host -> look(nodes.get(host.name())));
    if (!nodes.isEmpty()) {
      checks.fleetwide().stream()
          .filter(check -> isAsked(check.names()))
          .forEach(check -> look(check, nodes));
    }
    return findings.report(subject.name(), at);
  }

  /** Does it on all, and notes who could not be asked at all. */
  private <T> SequencedMap<String, T> onAll(
      String what,
      SequencedMap<String, ? extends HostSource> on,
      org.carillon.ssh.fanout.HostTask<T> task) {
    SequencedMap<String, HostOutcome<T>> outcomes =
        FanOut.run(
            FanOutSettings.of(
                    what,
                    perHost()
                        .multipliedBy(FanOutSettings.turns(on.size(), FanOutSettings.WIDTH_USUAL)))
                .withStop(means.cancellation()::requested),
            on,
            task,
            FanOutListener.NONE);
    refuseIfCancelled();
    SequencedMap<String, T> done = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) ->
            outcome
                .yielded()
                .ifPresentOrElse(
                    value -> done.put(name, value),
                    () -> findings.lose(name, outcome.exitCode(), outcome.sentence())));
    return done;
  }

  /** As long as is asked for, and what the tests may take besides. */
  private Duration perHost() {
    return subject.tests().stream()
        .map(Subject.Test::deadline)
        .reduce(question.deadline(), Duration::plus);
  }

  private void refuseIfCancelled() {
    if (means.cancellation().requested()) {
      throw new CarillonException(
          ExitCode.ABORTED, "stopped before every host had answered; there is no report.");
    }
  }

  private Node ask(Host host) {
    Node node = Node.ask(host, subject);
    node.release().ifPresent(id -> findings.release(host.name(), id));
    if (question.checks().contains(CheckName.REACHABLE)) {
      // Equal where it can be, so that hosts fold.
      String known = node.hostname().equals(host.name()) ? "" : " as " + node.hostname();
      findings.add(host.name(), CheckResult.pass(CheckName.REACHABLE, "answers" + known));
    }
    return node;
  }

  private boolean isAsked(Set<CheckName> names) {
    return names.stream().anyMatch(question.checks()::contains);
  }

  /** All checks of one host. One that fails by itself is unknown, and the next one is made. */
  private Boolean look(Node node) {
    for (HostCheck check : checks.onHosts()) {
      if (!isAsked(check.names())) {
        continue;
      }
      try {
        check.look(node, question).forEach(result -> findings.add(node.name(), result));
      } catch (HostException e) {
        switch (e.kind()) {
          case UNREACHABLE, AUTHENTICATION, HOST_KEY, INTERRUPTED -> throw e;
          case TIMEOUT, LOST, REFUSED, TOO_MUCH_OUTPUT, SETTINGS ->
              untold(check.names(), e.getMessage(), node.name());
        }
      } catch (CarillonException e) {
        untold(check.names(), e.getMessage(), node.name());
      } catch (RuntimeException e) {
        LOG.debug("a check of {} crashed", node.name(), e);
        untold(check.names(), "the check crashed: " + e, node.name());
      }
    }
    return true;
  }

  private void untold(Set<CheckName> names, String sentence, String host) {
    String said = HostSentence.bare(host, sentence);
    names.stream()
        .filter(question.checks()::contains)
        .forEach(name -> findings.add(host, CheckResult.unknown(name, said, AGAIN)));
  }

  private void look(FleetwideCheck check, SequencedMap<String, Node> nodes) {
    try {
      check.look(nodes, question, findings);
    } catch (HostException e) {
      untold(check, e.getMessage(), AGAIN);
    } catch (CarillonException e) {
      boolean isOurs = e.exitCode() == ExitCode.USAGE;
      untold(check, e.getMessage(), isOurs ? "mend that, and " + AGAIN : AGAIN);
    } catch (RuntimeException e) {
      LOG.debug("a check crashed", e);
      untold(check, "the check crashed: " + e, AGAIN);
    }
    refuseIfCancelled();
  }

  private void untold(FleetwideCheck check, String sentence, String fix) {
    check.names().forEach(name -> findings.add(CheckResult.unknown(name, sentence, fix)));
  }
}
