package org.carillon.ntp;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.clock.Measurement;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one server again and again, in a thread of its own, so that a dead one keeps nobody waiting.
 */
final class ServerPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerPoller.class);

  /** How long the wish to sharpen may go unnoticed. */
  private static final long SLICE_NS = 250_000_000;

  /** A server that answers now and then must not fill the log. */
  private static final int CHANGES_LOGGED_MAX = 100;

  private final HostPort server;
  private final ClockSource clock;
  private final Recipient recipient;
  private final PollSchedule schedule;
  private final ServerExchanges exchanges;
  private final Thread thread;
  private final AtomicBoolean sharpenAsked = new AtomicBoolean();
  private String lastVerdict = "";
  private int changesLogged;
  private volatile boolean closed;

  /** Takes what the polls bring; called from the poller's thread. */
  interface Recipient {
    /** A measurement for the bounded clock, and how long it counts as recent. */
    void measured(Measurement measurement, Duration freshFor);

    /**
     * By how much the clock's half width will have grown, ns; see {@link BoundedClock#growthNs}.
     */
    OptionalLong growthNs(long fromNs, Duration ahead);

    /** One exchange, after its measurement if it brought one. */
    void sampled(SampleRow sample);
  }

  private ServerPoller(
      HostPort server, ClockSource clock, TimeKeeper.Settings settings, Recipient recipient) {
    this.server = server;
    this.clock = clock;
    this.recipient = recipient;
    this.schedule = new PollSchedule(settings);
    this.exchanges = new ServerExchanges(server, clock, settings);
    this.thread = Thread.ofPlatform().daemon().name("ntp " + server).unstarted(this::pollOnAndOn);
  }

  static ServerPoller start(
      HostPort server, ClockSource clock, TimeKeeper.Settings settings, Recipient recipient) {
    ServerPoller poller = new ServerPoller(server, clock, settings, recipient);
    poller.thread.start();
    return poller;
  }

  private void pollOnAndOn() {
    try {
      long dueNs = clock.monotonicNs();
      Optional<Duration> wait = Optional.of(Duration.ZERO);
      while (wait.isPresent() && !closed) {
        dueNs = awaitTurn(Math.max(clock.monotonicNs(), dueNs + wait.get().toNanos()));
        Poll poll = exchanges.next();
        if (closed) {
          return;
        }
        wait = take(poll);
        report(poll.sample());
      }
    } catch (InterruptedException e) {
      // Closed while it waited: the end.
    }
  }

  /** Who is asked. */
  String server() {
    return server.toString();
  }

  /** How many answers came to requests that had been answered; from any thread. */
  long duplicateAnswers() {
    return exchanges.duplicateAnswers();
  }

  /** Waits until it is time, or the clock is to be sharpened; returns the moment it was due. */
  private long awaitTurn(long dueNs) throws InterruptedException {
    while (true) {
      long nowNs = clock.monotonicNs();
      if (sharpenAsked.getAndSet(false) && schedule.sharpen()) {
        return nowNs;
      }
      if (nowNs >= dueNs) {
        return dueNs;
      }
      clock.sleepUntil(Math.min(dueNs, nowNs + SLICE_NS));
    }
  }

  /** Asks more often for three seconds, unless the server forbids it; from any thread. */
  void sharpen() {
    sharpenAsked.set(true);
  }

  /** Hands the outcome on. Returns how long to wait, or empty if the server wants to be left. */
  private Optional<Duration> take(Poll poll) {
    return switch (poll) {
      case Poll.Measured measured -> {
        Duration freshFor =
            schedule.answered(
                measured.sample().delayNs().orElseThrow(),
                measured.measurements().getFirst().errorNs());
        measured.measurements().forEach(one -> recipient.measured(one, freshFor));
        long nowNs = measured.measurements().getLast().rawNs();
        yield Optional.of(schedule.afterAnswer(ahead -> recipient.growthNs(nowNs, ahead)));
      }
      case Poll.Failed failed ->
          failed.kissCode().isPresent()
              ? schedule.afterKiss(failed.kissCode().get())
              : Optional.of(schedule.afterFailure());
      case Poll.Unresolved unresolved -> Optional.of(schedule.afterUnresolved());
    };
  }

  private void report(SampleRow sample) {
    if (!sample.verdict().equals(lastVerdict) && changesLogged < CHANGES_LOGGED_MAX) {
      lastVerdict = sample.verdict();
      changesLogged++;
      if (sample.accepted()) {
        LOG.info(
            "NTP server {} answers: offset {} ms, delay {} ms, stratum {}",
            server,
            Milliseconds.text(sample.offsetNs().orElseThrow()),
            Milliseconds.text(sample.delayNs().orElseThrow()),
            sample.stratum().orElseThrow());
      } else {
        LOG.warn("NTP server {}: {}", server, sample.verdict());
      }
      if (changesLogged == CHANGES_LOGGED_MAX) {
        LOG.warn("NTP server {}: that keeps changing; it is not logged any more", server);
      }
    }
    try {
      recipient.sampled(sample);
    } catch (RuntimeException e) {
      LOG.error("an NTP sample of {} could not be recorded", server, e);
    }
  }

  /** Ends the thread; an exchange under way is given up and not reported. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    exchanges.close();
  }
}
