package org.carillon.deploy.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedProcess;
import org.carillon.ssh.DetachedSpec;
import org.carillon.ssh.DetachedState;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/** Starts, stops and looks at the service of a deployable on any of its hosts. */
final class ServiceControl {

  /** Its name among the detached processes of {@code run/}. */
  static final String NAME = "service";

  /** What it prints, in {@code run/}. */
  static final String OUTPUT = "service.log";

  /** How it was started, in {@code run/}. */
  private static final String DEFINITION = "service.json";

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final NodeScript SCRIPT = NodeScript.beside(ServiceControl.class, "service.sh");

  /** Deadlines run on the machine's own clock. */
  private static final ClockSource MACHINE = new SystemClock();

  private final Deployable deployable;
  private final Deployable.Service service;

  ServiceControl(Deployable deployable, Deployable.Service service) {
    this.deployable = deployable;
    this.service = service;
  }

  /** Fails if whoever shall run it there cannot. */
  void check(Host host) {
    if (service.start() instanceof Deployable.Start.SystemdUserUnit(String unit)) {
      new UserUnit(unit).check(host);
    }
  }

  /** Starts it, unless it runs; one that is about to run is waited for. */
  void start(Host host) {
    if (isUp(host)) {
      return;
    }
    // First: what runs is never taken for what another definition has started.
    String text = ServiceText.of(service);
    ask(host, "write down how the service is started", SHORT, "define", DEFINITION, text);
    switch (service.start()) {
      case Deployable.Start.SystemdUserUnit(String unit) ->
          new UserUnit(unit).start(host, service.health().window());
      case Deployable.Start.Program(List<String> argv) -> {
        ask(host, "put the old output of the service aside", SHORT, "turn", OUTPUT);
        // The release itself, not the link: what it starts later must not come from another one.
        List<String> words =
            new ArrayList<>(List.of("sh", "-c", "cd -P -- ../current && exec \"$@\"", "sh"));
        words.addAll(argv);
        Detached.start(
            host,
            new DetachedSpec(folder(host), NAME, words, Map.of(), Optional.empty(), OUTPUT, OUTPUT),
            SHORT);
      }
    }
  }

  /** Ends it: asked by its signal, killed after its deadline; only what was started by us. */
  void stop(Host host) {
    switch (service.start()) {
      case Deployable.Start.SystemdUserUnit(String unit) ->
          new UserUnit(unit).stop(host, service.stop().deadline());
      case Deployable.Start.Program program -> process(host).ifPresent(it -> stop(host, it));
    }
    ask(host, "forget how the service was started", SHORT, "forget", DEFINITION);
  }

  /** How it was started there; empty if it was stopped since, or nobody knows. */
  static Optional<Deployable.Service> started(Host host, String root) {
    String what = "read how the service was started";
    return ServiceText.parse(SCRIPT.ask(host, what, SHORT, "defined", root, DEFINITION));
  }

  /** Whether one that was started so is stopped as this one is. */
  boolean stopsAlso(Deployable.Service other) {
    return service.start().equals(other.start())
        || (service.start() instanceof Deployable.Start.Program
            && other.start() instanceof Deployable.Start.Program);
  }

  private void stop(Host host, DetachedProcess process) {
    DetachedState state =
        Detached.stop(host, process, service.stop().signal(), service.stop().deadline());
    if (state instanceof DetachedState.Running) {
      throw refused(
          host, "the service still runs as process " + process.pid() + " after it was killed");
    }
  }

  private boolean isUp(Host host) {
    return switch (service.start()) {
      case Deployable.Start.SystemdUserUnit(String unit) -> new UserUnit(unit).isUp(host);
      case Deployable.Start.Program program -> running(host);
    };
  }

  /** Whether it runs, or is about to. */
  boolean running(Host host) {
    return switch (service.start()) {
      case Deployable.Start.SystemdUserUnit(String unit) -> new UserUnit(unit).running(host);
      case Deployable.Start.Program program -> state(host) instanceof DetachedState.Running;
    };
  }

  private Optional<DetachedProcess> process(Host host) {
    return Detached.find(host, folder(host), NAME, SHORT);
  }

  private DetachedState state(Host host) {
    return process(host)
        .map(process -> Detached.state(host, process, SHORT))
        .orElseGet(DetachedState.Gone::new);
  }

  /** One look: empty if it is healthy, else what is wrong. */
  Optional<String> complaint(Host host, Duration deadline) {
    return dead(host).or(() -> unwell(host, deadline));
  }

  /** Why it neither runs nor is about to; empty if it does. */
  private Optional<String> dead(Host host) {
    if (service.start() instanceof Deployable.Start.SystemdUserUnit(String unit)) {
      return new UserUnit(unit).dead(host);
    }
    return switch (state(host)) {
      case DetachedState.Running running -> Optional.empty();
      case DetachedState.Exited(int code) ->
          Optional.of("the service has ended with exit code " + code + lastWords(host));
      case DetachedState.Gone gone -> Optional.of("the service does not run" + lastWords(host));
    };
  }

  /** The end of what it printed, since that tells why it ended. */
  private String lastWords(Host host) {
    String said = ask(host, "read the service's output", SHORT, "tail", OUTPUT).strip();
    return said.isEmpty()
        ? " and has printed nothing"
        : "; its last words: " + said.replaceAll("\\s+", " ");
  }

  private Optional<String> unwell(Host host, Duration deadline) {
    if (service.start() instanceof Deployable.Start.SystemdUserUnit(String unit)) {
      Optional<String> starting = new UserUnit(unit).starting(host);
      if (starting.isPresent()) {
        return starting;
      }
    }
    Deployable.Health health = service.health();
    List<String> words = words(host, "look");
    health.pidFile().ifPresent(file -> words.addAll(List.of("pid_file", file)));
    if (health.port().isPresent()) {
      words.addAll(List.of("port", Integer.toString(health.port().getAsInt())));
    }
    health.http().ifPresent(uri -> words.addAll(List.of("http", uri.toString())));
    if (words.size() > 2) {
      CommandResult result = SCRIPT.run(host, deadline, new byte[0], words);
      if (!result.succeeded()) {
        return Optional.of(result.complaint().replaceFirst("^exit code 1: ", ""));
      }
    }
    if (health.command().isEmpty()) {
      return Optional.empty();
    }
    List<String> command = words(host, "run");
    command.addAll(health.command());
    CommandResult result = SCRIPT.run(host, deadline, new byte[0], command);
    return result.succeeded()
        ? Optional.empty()
        : Optional.of(
            "the health check " + health.command().getFirst() + ": " + result.complaint());
  }

  /** Looks until it is healthy; fails when its window has passed or its process has ended. */
  void awaitHealthy(Host host) {
    Deployable.Health health = service.health();
    long endNs = MACHINE.monotonicNs() + health.window().toNanos();
    boolean nothingToAsk =
        health.http().isEmpty()
            && health.port().isEmpty()
            && health.command().isEmpty()
            && health.pidFile().isEmpty();
    if (nothingToAsk) {
      pause(host, health.interval());
    }
    while (true) {
      Optional<String> dead = dead(host);
      if (dead.isPresent()) {
        throw refused(host, dead.get());
      }
      Optional<String> unwell = look(host, endNs);
      if (unwell.isEmpty()) {
        return;
      }
      if (MACHINE.monotonicNs() + health.interval().toNanos() > endNs) {
        throw refused(
            host,
            "the service is not healthy within "
                + DurationText.format(health.window())
                + ": "
                + unwell.get());
      }
      pause(host, health.interval());
    }
  }

  private Optional<String> look(Host host, long endNs) {
    Duration left = Duration.ofNanos(Math.max(0, endNs - MACHINE.monotonicNs()));
    Duration deadline = left.compareTo(SHORT) < 0 ? left.plusSeconds(1) : SHORT;
    try {
      return unwell(host, deadline);
    } catch (HostException e) {
      if (e.kind() != HostException.Kind.TIMEOUT) {
        throw e;
      }
      return Optional.of("its health check takes too long");
    }
  }

  private static void pause(Host host, Duration interval) {
    try {
      MACHINE.sleepUntil(MACHINE.monotonicNs() + interval.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(
          HostException.Kind.INTERRUPTED,
          host.name(),
          "waiting for the service was given up on request",
          e);
    }
  }

  private String folder(Host host) {
    return deployable.rootOn(host.name()) + "/run";
  }

  private String ask(Host host, String what, Duration deadline, String verb, String... arguments) {
    CommandResult result = SCRIPT.run(host, deadline, new byte[0], words(host, verb, arguments));
    if (!result.succeeded()) {
      throw NodeScript.refusal(host, what, result);
    }
    return result.out();
  }

  private List<String> words(Host host, String verb, String... arguments) {
    List<String> words = new ArrayList<>(List.of(verb, deployable.rootOn(host.name())));
    words.addAll(List.of(arguments));
    return words;
  }

  private static HostException refused(Host host, String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }
}
