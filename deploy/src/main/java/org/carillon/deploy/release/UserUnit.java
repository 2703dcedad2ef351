package org.carillon.deploy.release;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.ssh.Host;

/** A service that is a unit of the account's own systemd. */
final class UserUnit {
  private static final NodeScript SCRIPT = NodeScript.beside(UserUnit.class, "unit.sh");
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final String unit;

  UserUnit(String unit) {
    this.unit = unit;
  }

  /** Fails unless the account's systemd answers, and goes on when nobody is logged in. */
  void check(Host host) {
    SCRIPT.ask(host, "ask systemd", SHORT, "check", unit);
  }

  /**
   * Starts it, unless it runs.
   *
   * @param window how long it may take to say that it has started
   */
  void start(Host host, Duration window) {
    SCRIPT.ask(host, "start the unit " + unit, window.plus(SHORT), "start", unit);
  }

  /**
   * Ends it as its file says, and kills it after the deadline; a unit that is not there is ended.
   */
  void stop(Host host, Duration deadline) {
    String seconds = Long.toString(Math.max(1, deadline.toSeconds()));
    SCRIPT.ask(host, "stop the unit " + unit, deadline.plus(SHORT), "stop", unit, seconds);
  }

  /** Whether it has started, and is not ending. */
  boolean isUp(Host host) {
    return isUp(look(host));
  }

  /** As above, or it is about to have started. One that ends again and again is not. */
  boolean running(Host host) {
    return complaint(look(host)).isEmpty();
  }

  /** Why it neither runs nor is about to; empty if it does. */
  Optional<String> dead(Host host) {
    return complaint(look(host)).map(complaint -> complaint + lastWords(host));
  }

  /** That it has not started yet, but is about to; empty if that is not so. */
  Optional<String> starting(Host host) {
    Map<String, String> properties = look(host);
    return isStarting(properties)
        ? Optional.of(
            "the unit %s is activating (%s), not active yet"
                .formatted(unit, properties.getOrDefault("SubState", "?")))
        : Optional.empty();
  }

  private static boolean isUp(Map<String, String> properties) {
    // It serves while it reads its settings anew.
    return Set.of("active", "reloading", "refreshing")
        .contains(properties.getOrDefault("ActiveState", ""));
  }

  private static boolean isStarting(Map<String, String> properties) {
    return properties.getOrDefault("ActiveState", "").equals("activating")
        && !properties.getOrDefault("SubState", "").startsWith("auto-restart");
  }

  private Map<String, String> look(Host host) {
    return SCRIPT
        .ask(host, "look at the unit " + unit, SHORT, "look", unit)
        .lines()
        .filter(line -> line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (first, second) -> second));
  }

  /** From the properties of {@code systemctl show}. */
  private Optional<String> complaint(Map<String, String> properties) {
    String active = properties.getOrDefault("ActiveState", "");
    String ended =
        " (%s, status %s)"
            .formatted(
                properties.getOrDefault("Result", "?"),
                properties.getOrDefault("ExecMainStatus", "?"));
    if (isUp(properties) || isStarting(properties)) {
      return Optional.empty();
    }
    if (active.equals("activating")) {
      return Optional.of("the unit " + unit + " ends and is started again and again" + ended);
    }
    return Optional.of(
        "the unit "
            + unit
            + (active.equals("failed") ? " has failed" + ended : " is " + active + ", not active"));
  }

  private String lastWords(Host host) {
    String said = SCRIPT.ask(host, "read the journal", SHORT, "tail", unit).strip();
    return said.isEmpty()
        ? "; see journalctl --user -u " + unit
        : "; its last words: " + said.replaceAll("\\s+", " ");
  }
}
