package org.carillon.deploy.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.HeldFile;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * Keeps two deployments of one deployable apart: by a lock of the operating system beside the
 * reports, which ends with its process, and by a file on each node, so that two head nodes cannot
 * collide. A node's lock whose holder has died on this machine is taken over.
 */
public final class DeployLock implements AutoCloseable {

  private final LockHolder holder;
  private final HeldFile file;
  private final LockPolicy policy;
  private final ClockSource clock;
  private final long deadlineNs;
  private final Consumer<String> said;
  private final String name = UUID.randomUUID().toString();
  private final Map<String, NodeLock> nodes = new ConcurrentHashMap<>();

  private DeployLock(
      LockHolder holder,
      HeldFile file,
      LockPolicy policy,
      ClockSource clock,
      long deadlineNs,
      Consumer<String> said) {
    this.holder = holder;
    this.file = file;
    this.policy = policy;
    this.clock = clock;
    this.deadlineNs = deadlineNs;
    this.said = said;
  }

  /**
   * Takes the head node's lock.
   *
   * @param reports folder; made if need be
   * @param deployable whose deployments are kept apart
   * @param what is being done, for those who are refused: {@code release of echo}
   * @param policy how long to wait, for this and for every node's lock together
   * @param said told what a user should know meanwhile: whom one waits for, what was taken over
   * @throws CarillonException USAGE if somebody else holds it, TIMEOUT if that did not change in
   *     time; either names the holder
   */
  public static DeployLock take(
      Path reports,
      String deployable,
      String what,
      LockPolicy policy,
      ClockSource clock,
      Consumer<String> said) {
    LockHolder holder = LockHolder.ofThisProcess(what, clock);
    Path path = LockHolder.file(RunFiles.makeFolder(reports), deployable);
    long deadlineNs = clock.monotonicNs() + policy.patience().toNanos();
    HeldFile file =
        Waiting.until(
            deadlineNs,
            clock,
            said,
            () -> tryTake(path, holder),
            () -> refusal("a deployment of " + deployable, other(path), policy, ""));
    RunFiles.restrict(path);
    return new DeployLock(holder, file, policy, clock, deadlineNs, said);
  }

  private static Optional<HeldFile> tryTake(Path path, LockHolder holder) {
    try {
      return HeldFile.tryTake(path, holder.toLine());
    } catch (IOException e) {
      throw unlockable(path, e);
    }
  }

  private static Optional<LockHolder> other(Path path) {
    try {
      return LockHolder.parse(HeldFile.holder(path));
    } catch (IOException e) {
      throw unlockable(path, e);
    }
  }

  private static CarillonException unlockable(Path path, IOException fault) {
    return new CarillonException(
        ExitCode.USAGE, "cannot lock " + path + ": " + RunFiles.reason(fault) + ".", fault);
  }

  /**
   * Takes a node's lock, too, and waits for it as long as is left of the wait.
   *
   * @param root folder of the deployable on the node; made if need be
   * @throws CarillonException USAGE or TIMEOUT if somebody else holds it
   * @throws org.carillon.ssh.HostException if the host fails
   */
  public void takeOn(Host host, String root) {
    take(new NodeLock(host, root, name), root, false);
  }

  /**
   * As {@link #takeOn}, for many nodes whose locks are all kept until the end. Two that keep some
   * and wait for the others' would wait for ever: so whoever began later does not wait for the
   * earlier one while it keeps any.
   */
  public void takeAndKeepOn(Host host, String root) {
    take(new NodeLock(host, root, name), root, true);
  }

  private void take(NodeLock lock, String root, boolean keeps) {
    Supplier<CarillonException> refusal =
        () ->
            refusal(
                lock.host() + ": a deployment into " + root,
                lock.holder(),
                policy,
                ", or add --break-lock if that process is surely dead");
    try {
      Waiting.until(deadlineNs, clock, said, () -> tryTake(lock, keeps), refusal);
      nodes.put(lock.host(), lock);
    } catch (HostException e) {
      nodes.put(lock.host(), lock); // it may be ours though the answer was lost
      throw e;
    }
  }

  private Optional<NodeLock> tryTake(NodeLock lock, boolean keeps) {
    Optional<NodeLock.Held> other = lock.tryTake(holder.toLine());
    if (other.isPresent()) {
      Optional<LockHolder> known = LockHolder.parse(other.get().line());
      boolean dead = known.filter(LockHolder::isDead).isPresent();
      if (!dead && !policy.breakOthers()) {
        if (keeps) {
          known.ifPresent(earlier -> standBack(lock.host(), earlier));
        }
        return Optional.empty();
      }
      String whose = known.map(LockHolder::describe).orElse("holder unknown");
      said.accept(
          lock.host()
              + (dead
                  ? ": takes over the lock of a process that has died ("
                  : ": breaks the lock (")
              + whose
              + ")");
      lock.breakUp(other.get());
      other = lock.tryTake(holder.toLine());
    }
    return other.isEmpty() ? Optional.of(lock) : Optional.empty();
  }

  /** Of two that keep what the other one waits for, the later one ends, and the earlier goes on. */
  private void standBack(String host, LockHolder other) {
    if (other.isBefore(holder) && !nodes.isEmpty() && !policy.patience().isZero()) {
      throw new CarillonException(
          ExitCode.USAGE,
          host
              + ": an earlier deployment is under way there ("
              + other.describe()
              + ") and may wait for hosts that this one has, such as "
              + new TreeSet<>(nodes.keySet()).getFirst()
              + ": this one stands back; run it again when that has ended.");
    }
  }

  private static CarillonException refusal(
      String what, Optional<LockHolder> other, LockPolicy policy, String remedy) {
    String whose = other.map(LockHolder::describe).orElse("holder unknown");
    boolean waited = !policy.patience().isZero();
    return new CarillonException(
        waited ? ExitCode.TIMEOUT : ExitCode.USAGE,
        what
            + " is under way ("
            + whose
            + ")"
            + (waited
                ? " and did not end within "
                    + DurationText.format(policy.patience())
                    + "; wait longer"
                : "; wait for its end with --wait 5m")
            + remedy
            + ".");
  }

  /** Gives a node's lock back; does nothing if it is not held. */
  public void releaseOn(Host host) {
    NodeLock lock = nodes.get(host.name());
    if (lock != null) {
      lock.release();
      nodes.remove(host.name()); // not before: a try that is cut off is made again
    }
  }

  /** Who holds it: this process. */
  public LockHolder holder() {
    return holder;
  }

  /** Lets the next deployment go. Locks of nodes that were not given back stay, and say so. */
  @Override
  public void close() {
    try {
      nodes
          .keySet()
          .forEach(
              name ->
                  said.accept(
                      name
                          + ": the lock stays, since it could not be given back; the next"
                          + " deployment from this machine takes it over"));
      file.close();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot release the lock of the deployment: " + e.getMessage() + ".", e);
    }
  }
}
