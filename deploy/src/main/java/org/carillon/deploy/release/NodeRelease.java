package org.carillon.deploy.release;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * The releases of one deployable on any of its hosts, and its service there. Each call is a step of
 * its own that may be repeated; none remembers anything.
 */
public final class NodeRelease {

  /** Beside the files of a release: how far it got. */
  public static final String STATE_FILE = ".state";

  /** For what takes a host a moment. */
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** For reading every file of a release. */
  private static final Duration READING = Duration.ofMinutes(10);

  static final NodeScript STORE = NodeScript.beside(NodeRelease.class, "common.sh", "store.sh");

  private final Deployable deployable;
  private final Optional<ServiceControl> service;

  /**
   * @param deployable says the root on each host, and how its service is started and stopped
   */
  public NodeRelease(Deployable deployable) {
    this(deployable, deployable.service());
  }

  private NodeRelease(Deployable deployable, Optional<Deployable.Service> service) {
    this.deployable = deployable;
    this.service = service.map(it -> new ServiceControl(deployable, it));
  }

  /** Its root folder on a host; absolute, or relative to the account's home folder. */
  public String root(Host host) {
    return deployable.rootOn(host.name());
  }

  /**
   * The release that {@code current} points to; empty if there is no such link.
   *
   * @throws HostException if the host does not answer, or {@code current} is not of our making
   */
  public Optional<String> current(Host host) {
    String id = ask(host, "tell the release in use", SHORT, "current").strip();
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  /** All releases there, sorted by id; those that were never completely brought there are not. */
  public List<StoredRelease> releases(Host host) {
    return ask(host, "list the releases", SHORT, "list")
        .lines()
        .map(line -> parse(host, line))
        .toList();
  }

  /** What is known of one release; empty if it is not there. */
  public Optional<StoredRelease> state(Host host, String id) {
    return releases(host).stream().filter(release -> release.id().equals(id)).findFirst();
  }

  /**
   * Writes down that a release got so far.
   *
   * @param now the time of the machine that deploys, since the host's may be wrong
   */
  public void mark(Host host, String id, ReleaseState state, Instant now) {
    mark(host, id, state, now, "");
  }

  /**
   * As above, by a change that may be taken back.
   *
   * @param change ID of the backup that was taken before it; empty if none was
   */
  public void mark(Host host, String id, ReleaseState state, Instant now, String change) {
    String what = "mark " + id + " as " + state.word();
    ask(host, what, SHORT, "mark", id, state.word(), stamp(now), change);
  }

  /**
   * A release is again what it was before a change, since when it was: one that had proved good is
   * no newer for that it was tried again. Nothing happens where it is not there.
   *
   * @param now for a state that it never had
   */
  void markAgain(Host host, String id, ReleaseState state, Instant now, String change) {
    String what = "mark " + id + " as " + state.word() + " again";
    ask(host, what, SHORT, "again", id, state.word(), stamp(now), change);
  }

  /** Those that were turned back from by a change that is taken back are good again. */
  public void markGoodAgain(Host host, String change) {
    ask(host, "mark what was turned back from as good again", SHORT, "good-again", change);
  }

  /** The release in use, if it is good. */
  Optional<FinishedRelease> finished(Host host) {
    String line = ask(host, "tell how the release in use became good", SHORT, "finished").strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] words = line.split(" ", 4);
    StoredRelease good = parse(host, String.join(" ", List.of(words).subList(0, 3)));
    String change = words.length > 3 ? words[3] : "";
    return Optional.of(new FinishedRelease(good.id(), good.since(), change));
  }

  /** Reads every file of a release back and compares it with what was released. */
  public void verify(Host host, String id) {
    ask(host, "verify the release " + id, READING, "verify", id);
  }

  /** Lets {@code current} point to a release, by one rename. */
  public void swap(Host host, String id) {
    ask(host, "make " + id + " the release in use", SHORT, "swap", id);
  }

  /** Takes {@code current} away: no release is in use then, as before the first one. */
  public void clear(Host host) {
    ask(host, "take away the link to the release in use", SHORT, "clear");
  }

  /** What a change under way on a host wants; empty if none is. */
  public Optional<Pending> pending(Host host) {
    String text = ask(host, "read " + root(host) + "/pending", SHORT, "pending");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pending.parse(text));
    } catch (IllegalArgumentException e) {
      throw new HostException(
          HostException.Kind.REFUSED,
          host.name(),
          root(host)
              + "/pending is damaged ("
              + e.getMessage()
              + "): look which release is in use, then remove it",
          e);
    }
  }

  /** Writes down that a change is under way, and what it wants. */
  void pend(Host host, Pending pending) {
    // In the command, not behind it: what a cut connection shortens is not a command any more.
    ask(host, "write " + root(host) + "/pending", SHORT, "pend", pending.text().strip());
  }

  /**
   * Takes the room on the disk that going back needs, so that a disk that fills up meanwhile does
   * not keep the service down. A change under way has it.
   *
   * @throws HostException of kind REFUSED if there is none, or if nothing could be started there
   */
  public void reserve(Host host) {
    ask(host, "keep room for going back below " + root(host), SHORT, "reserve");
  }

  /** Lets what comes next have the reserve. */
  public void spend(Host host) {
    ask(host, "free what was kept below " + root(host), SHORT, "spend");
  }

  /** Gives the reserve back, unless a change under way has it. */
  public void unreserve(Host host) {
    ask(host, "give back what was kept below " + root(host), SHORT, "unreserve");
  }

  /** The change is over: finished or undone. */
  public void settle(Host host) {
    ask(host, "remove " + root(host) + "/pending", SHORT, "settle");
  }

  /**
   * Removes releases that are no longer kept, and all that was incoming.
   *
   * @return the ids of those that were removed
   */
  List<String> prune(Host host) {
    String keep = Integer.toString(deployable.release().keep());
    return ask(host, "remove old releases", READING, "prune", keep).lines().toList();
  }

  /** Fails if whoever shall run the service there cannot: its systemd does not answer. */
  void checkService(Host host) {
    service.ifPresent(it -> it.check(host));
  }

  /**
   * Starts the service, if the deployable has one and it does not run; what was started in a way
   * that the file does not name any more is ended first, so that there are never two.
   */
  public void start(Host host) {
    former(host).ifPresent(it -> it.stop(host));
    service.ifPresent(it -> it.start(host));
  }

  /**
   * Ends the service and all it left behind: asked first, killed after its deadline. Also one that
   * was started in a way that the file does not name any more.
   */
  public void stop(Host host) {
    // Before the other one, with whose stop it is forgotten how the service was started.
    former(host).ifPresent(it -> it.stop(host));
    service.ifPresent(it -> it.stop(host));
  }

  /**
   * Whether the service runs, as the file defines it or as it was started; never if there is none.
   */
  public boolean running(Host host) {
    return (service.isPresent() && service.get().running(host))
        || former(host).filter(it -> it.running(host)).isPresent();
  }

  /** How the service was started; empty if it was stopped since, or nobody knows. */
  Optional<Deployable.Service> started(Host host) {
    return ServiceControl.started(host, root(host));
  }

  /** Whether the service is known to have been started in another way than the file defines it. */
  boolean startedOtherwise(Host host) {
    return started(host).filter(it -> !deployable.service().equals(Optional.of(it))).isPresent();
  }

  /** The same releases, with the service as it was defined before. */
  NodeRelease serving(Deployable.Service before) {
    return new NodeRelease(deployable, Optional.of(before));
  }

  /** What was started in a way that the file does not name any more. */
  private Optional<ServiceControl> former(Host host) {
    return started(host)
        .filter(it -> service.isEmpty() || !service.get().stopsAlso(it))
        .map(it -> new ServiceControl(deployable, it));
  }

  /** One look at the service: empty if it is healthy, else a sentence that says what is wrong. */
  public Optional<String> complaint(Host host) {
    return service.flatMap(it -> it.complaint(host, SHORT));
  }

  /**
   * Looks until it is healthy, or its window has passed, or its process has ended.
   *
   * @throws HostException of kind REFUSED that says why it is not
   */
  public void awaitHealthy(Host host) {
    service.ifPresent(it -> it.awaitHealthy(host));
  }

  private String ask(Host host, String what, Duration deadline, String verb, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = root(host);
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return STORE.ask(host, what, deadline, verb, words);
  }

  static String stamp(Instant time) {
    return time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }

  private static StoredRelease parse(Host host, String line) {
    String[] words = line.strip().split(" ");
    try {
      if (words.length == 3) {
        return new StoredRelease(words[0], ReleaseState.parse(words[1]), Instant.parse(words[2]));
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // The sentence below says all there is to say.
    }
    throw new HostException(
        HostException.Kind.REFUSED,
        host.name(),
        "the state file of a release says '" + line + "', which is none: remove that release");
  }
}
