package org.carillon.ntp;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.clock.ClockState;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
import org.carillon.clock.ReadingBuffer;
import org.carillon.clock.WanderBound;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.ClockRow;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.Moment;
import org.carillon.core.time.PollInterval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link BoundedClock} supplied: polls each server in a thread of its own. The machine's
 * clock is only read, never set.
 *
 * <p>Any thread may ask for a state at any time; that is arithmetic on an immutable snapshot and
 * never waits for the network.
 */
public final class TimeKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimeKeeper.class);

  private final ClockSource clock;
  private final Listener listener;
  private final ClockNotices notices;
  private final BoundedClock boundedClock;
  private ClockWatch watch;
  private volatile List<ServerPoller> pollers = List.of();

  /**
   * How to ask, and how far to trust the local clock in between.
   *
   * @param pollInterval time between two requests to one server; unless fixed it is 16 s at least
   *     (or the longest allowed) for a server more than 10 ms away
   * @param timeout how long an answer may take, 1 ms to 1 minute
   * @param assumptions on the local clock
   * @param asymmetries what is known of the ways to servers, at most one each
   */
  public record Settings(
      PollInterval pollInterval,
      Duration timeout,
      Assumptions assumptions,
      List<PathAsymmetry> asymmetries) {

    /** Nothing is known of the ways to the servers. */
    public Settings(PollInterval pollInterval, Duration timeout, Assumptions assumptions) {
      this(pollInterval, timeout, assumptions, List.of());
    }

    /**
     * With a fixed interval, and without a bound on the wander.
     *
     * @param driftBoundPpm bound on the local clock's frequency error, ppm, > 0
     */
    public Settings(Duration pollInterval, Duration timeout, double driftBoundPpm) {
      this(
          PollInterval.fixed(pollInterval),
          timeout,
          new Assumptions(new DriftBound(driftBoundPpm), WanderBound.NONE));
    }

    public Settings {
      Objects.requireNonNull(pollInterval);
      Objects.requireNonNull(assumptions);
      asymmetries = List.copyOf(asymmetries);
      if (asymmetries.stream().map(PathAsymmetry::server).distinct().count() < asymmetries.size()) {
        throw new IllegalArgumentException("name the asymmetry of a server once");
      }
      if (timeout.compareTo(Duration.ofMillis(1)) < 0
          || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException("the timeout must lie between 1 ms and 1 minute");
      }
    }

    /**
     * After a burst of four at 250 ms a poll every second at first and up to every 64 s later, an
     * answer within one second, and the usual assumptions.
     */
    public static Settings defaults() {
      return new Settings(PollInterval.ADAPTIVE, Duration.ofSeconds(1), Assumptions.defaults());
    }
  }

  /** Is told what happens; called from several threads, one at a time per server. */
  @FunctionalInterface
  public interface Listener {
    /** An exchange, or the attempt at one. */
    void sampled(SampleRow sample);

    /** Something notable about the node's clock; the first tells the assumptions. */
    default void noticed(ClockRow row) {}
  }

  private TimeKeeper(ClockSource clock, Assumptions assumptions, Listener listener) {
    this.clock = clock;
    this.listener = listener;
    this.notices = new ClockNotices(clock, listener);
    this.boundedClock = new BoundedClock(assumptions, Exchange.ROOT_DISTANCE_MAX_NS);
  }

  /**
   * Starts polling and returns at once; until the first answer the state is unsynchronized.
   *
   * @param servers at least one; a name that cannot be resolved is tried again later
   */
  public static TimeKeeper start(
      ClockSource clock, List<HostPort> servers, Settings settings, Listener listener) {
    Objects.requireNonNull(listener);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a bounded clock needs at least one NTP server");
    }
    Assumptions assumptions = settings.assumptions();
    if (!clock.rawIsFreeRunning()) {
      LOG.warn("CLOCK_MONOTONIC_RAW cannot be read: no bound on how fast the rate changes");
      assumptions = assumptions.steered();
    }
    LOG.info("clock bounds hold under these assumptions: {}", assumptions);
    settings.asymmetries().forEach(TimeKeeper::announce);
    TimeKeeper keeper = new TimeKeeper(clock, assumptions, listener);
    keeper.open(servers, settings);
    return keeper;
  }

  private void open(List<HostPort> servers, Settings settings) {
    notices.assumptions(assumptions());
    watch = ClockWatch.start(clock, this::noticed);
    ServerPoller.Recipient recipient =
        new ServerPoller.Recipient() {
          @Override
          public void measured(Measurement measurement, Duration freshFor) {
            take(measurement, freshFor);
          }

          @Override
          public OptionalLong growthNs(long fromNs, Duration ahead) {
            return boundedClock.growthNs(fromNs, ahead.toNanos());
          }

          @Override
          public void sampled(SampleRow sample) {
            listener.sampled(sample);
          }
        };
    pollers =
        servers.stream()
            .distinct()
            .map(server -> ServerPoller.start(server, clock, settings, recipient))
            .toList();
  }

  private void take(Measurement measurement, Duration freshFor) {
    synchronized (boundedClock) {
      long brokenBefore = broken().count();
      List<String> falsetickersBefore = falsetickers();
      boundedClock.add(measurement, freshFor.toNanos());
      if (broken().count() > brokenBefore) {
        broken().last().ifPresent(notices::broken);
      } else {
        notices.falsetickers(falsetickersBefore, falsetickers());
      }
    }
  }

  private void noticed(ClockRow row) {
    if (row.kind() == ClockRow.Kind.SUSPEND) {
      boundedClock.forget(row.rawNs(), row.detail());
      sharpen();
    }
    notices.tell(row);
  }

  /**
   * What is known about this moment: reads the counter once and makes no object, some 60 ns in all.
   *
   * @param into gets the reading, its measured offset to the counter
   */
  public void read(ReadingBuffer into) {
    boundedClock.read(clock.rawNs(), 0, into);
  }

  /** What is known about a moment; its measured offset is to the node's clock at that moment. */
  public ClockState at(Moment moment) {
    ReadingBuffer buffer = new ReadingBuffer();
    read(moment.localNs(), moment.rawNs(), moment.rawUncertaintyNs(), buffer);
    return buffer.toState();
  }

  /**
   * The same without an object.
   *
   * @param localNs the node's clock then
   * @param rawNs the free-running counter then, at the latest
   * @param rawUncertaintyNs how much earlier it may have been, ≥ 0
   * @param into gets what is known
   */
  public void read(long localNs, long rawNs, long rawUncertaintyNs, ReadingBuffer into) {
    boundedClock.read(rawNs, rawUncertaintyNs, into);
    into.relateToLocal(localNs, rawNs, rawUncertaintyNs);
  }

  private static void announce(PathAsymmetry asymmetry) {
    long sureNs = asymmetry.sureNs();
    if (sureNs == 0) {
      LOG.info("the asymmetry {} moves the best estimate and no bound", asymmetry);
    } else {
      LOG.info(
          "and under this: without queues, the way {} {} takes at least {} longer than the other",
          sureNs > 0 ? "to" : "back from",
          asymmetry.server(),
          DurationText.format(Math.abs(sureNs)));
    }
  }

  /** Who is asked, as the user named them. */
  public List<String> servers() {
    return pollers.stream().map(ServerPoller::server).toList();
  }

  /** How many answers came to requests that had been answered; they are ignored. */
  public long duplicateAnswers() {
    return pollers.stream().mapToLong(ServerPoller::duplicateAnswers).sum();
  }

  /** What the intervals hold under, besides the servers' claims. */
  public Assumptions assumptions() {
    return boundedClock.assumptions();
  }

  /** What showed so far that the assumptions, or the servers' claims, do not hold. */
  public BrokenAssumptions broken() {
    return boundedClock.broken();
  }

  /** The narrowest measurement of the narrowest server that is believed, if there is one. */
  public Optional<Measurement> selected() {
    return boundedClock.selected();
  }

  /** Servers heard from recently that are not believed; without a majority, all of them. */
  public List<String> falsetickers() {
    return boundedClock.falsetickers();
  }

  /**
   * Asks every server more often for three seconds, so that the interval is narrow at a moment that
   * matters. A server that has asked for fewer requests is spared.
   */
  public void sharpen() {
    pollers.forEach(ServerPoller::sharpen);
  }

  /** Ends the polls; the last state stays readable and ages. */
  @Override
  public void close() {
    watch.close();
    pollers.forEach(ServerPoller::close);
  }
}
