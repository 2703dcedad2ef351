package org.carillon.deploy.validate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.release.Pending;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;

/**
 * A host that answers, and what it says before anything is checked.
 *
 * @param root of the subject, absolute; as it was named if there is no such folder
 * @param address under which it serves its SSH connection; empty text if there is none
 * @param head address from which it is asked, as it sees it; empty text if there is none
 * @param hostname as {@code uname -n}
 * @param release that {@code current} leads to, if it does to any
 * @param unfinished what was begun there and is not finished, and what to do; empty if nothing was
 * @param process of the service, if one is known of
 */
record Node(
    Host host,
    String root,
    String address,
    String head,
    String hostname,
    Optional<String> release,
    Optional<Unfinished> unfinished,
    Optional<Running> process) {

  private static final Duration ASK = Duration.ofSeconds(20);

  /**
   * A change that was begun and is not finished.
   *
   * @param sentence without its end
   * @param fix what to do if nobody is at it
   */
  record Unfinished(String sentence, String fix) {}

  /** The service's process. */
  sealed interface Running {

    /**
     * It lives.
     *
     * @param startTicks with which its pid is never taken for another's
     */
    record Alive(long pid, long startTicks) implements Running {}

    /** It was started and lives no more, or its unit is not active. */
    record Gone() implements Running {}
  }

  String name() {
    return host.name();
  }

  boolean isThisMachine() {
    return host instanceof LocalHost;
  }

  /** The pid and when it began, if the service lives. */
  Optional<Running.Alive> alive() {
    return process.flatMap(
        running ->
            switch (running) {
              case Running.Alive alive -> Optional.of(alive);
              case Running.Gone gone -> Optional.empty();
            });
  }

  /** Asks a host. */
  static Node ask(Host host, Subject subject) {
    CommandResult result =
        host.run(
            Script.FACTS.command(
                List.of(
                    subject.rootOn(host.name()),
                    subject.service().map(Subject.Service::pidFile).orElse("-"),
                    subject.service().flatMap(Subject.Service::systemdUserUnit).orElse("-")),
                ASK));
    Answers answers = Answers.parse(result.out());
    if (answers.text("done").isEmpty()) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          host.name()
              + ": it answers, but not as a POSIX system does ("
              + result.complaint()
              + "); does the account's shell start-up print something?");
    }
    return new Node(
        host,
        answers.text("root").orElse(subject.rootOn(host.name())),
        address(answers, "address"),
        address(answers, "head"),
        answers.text("hostname").orElse("?"),
        answers.text("release"),
        subject.commands().flatMap(commands -> unfinished(answers, commands)),
        running(answers));
  }

  private static Optional<Unfinished> unfinished(Answers answers, Subject.Commands commands) {
    return answers
        .text("restoring")
        .map(
            goal ->
                new Unfinished(
                    "a rollback to " + goal + " is under way there, or was cut off",
                    "see "
                        + commands.history()
                        + "; if it was cut off, "
                        + commands.rollback().apply(goal)
                        + " goes on with it"))
        .or(
            () ->
                answers
                    .text("pending")
                    .map(
                        packed ->
                            new Unfinished(
                                Pending.tell(unpacked(packed)),
                                "if nobody is at it, "
                                    + commands.resume()
                                    + " finishes it, and with --undo takes it back")));
  }

  private static String unpacked(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String address(Answers answers, String key) {
    return answers.text(key).filter(text -> text.matches("[0-9a-fA-F:.]+")).orElse("");
  }

  private static Optional<Running> running(Answers answers) {
    if (answers.text("process").equals(Optional.of("gone"))) {
      return Optional.of(new Running.Gone());
    }
    return answers.numbers("process", 2).map(found -> new Running.Alive(found[0], found[1]));
  }
}
