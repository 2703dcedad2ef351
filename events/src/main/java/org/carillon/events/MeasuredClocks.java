package org.carillon.events;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.ntp.ChronoTickOffset;
import org.carillon.ntp.ChronoTickPoller;
import org.carillon.ntp.ClockState;
import org.carillon.ntp.NtpOffset;
import org.carillon.ntp.NtpSample;
import org.carillon.ntp.TimeKeeper;

/** A node's clock as NTP servers and a ChronoTick service see it, each asked in the background. */
final class MeasuredClocks implements NodeClocks {

  /** ChronoTick's clock is a prediction, which changes slowly. */
  private static final Duration CHRONOTICK_INTERVAL = Duration.ofSeconds(1);

  private final ClockSource clock;
  private final Optional<TimeKeeper> timeKeeper;
  private final Optional<ChronoTickPoller> chronoTick;

  private MeasuredClocks(
      ClockSource clock, Optional<TimeKeeper> timeKeeper, Optional<ChronoTickPoller> chronoTick) {
    this.clock = clock;
    this.timeKeeper = timeKeeper;
    this.chronoTick = chronoTick;
  }

  /**
   * Starts asking.
   *
   * @param samples gets every NTP exchange; called by several threads
   */
  static MeasuredClocks start(
      ClockOptions options, ClockSource clock, Consumer<SampleRow> samples) {
    Optional<ChronoTickPoller> chronoTick;
    try {
      chronoTick =
          options
              .chronoTickServer()
              .map(server -> ChronoTickPoller.start(server, clock, CHRONOTICK_INTERVAL));
    } catch (IllegalArgumentException e) {
      throw new CarillonException(ExitCode.USAGE, e.getMessage() + ".", e);
    }
    Optional<TimeKeeper> timeKeeper =
        options.ntpServers().isEmpty()
            ? Optional.empty()
            : Optional.of(
                TimeKeeper.start(
                    clock,
                    options.ntpServers(),
                    options.settings(),
                    sample -> samples.accept(row(sample))));
    return new MeasuredClocks(clock, timeKeeper, chronoTick);
  }

  private static SampleRow row(NtpSample sample) {
    return new SampleRow(
        sample.server(),
        sample.t1Ns(),
        sample.t2Ns(),
        sample.t3Ns(),
        sample.t4Ns(),
        sample.offsetNs(),
        sample.delayNs(),
        sample.stratum(),
        sample.rootDelayNs(),
        sample.rootDispersionNs(),
        sample.leap(),
        sample.verdict());
  }

  @Override
  public ClockCells at(long realtimeNs, long localNs) {
    ClockState state =
        timeKeeper.map(keeper -> keeper.at(localNs)).orElse(ClockState.UNSYNCHRONIZED);
    return new ClockCells(
        state.ntp().map(MeasuredClocks::offset),
        chronoTick.flatMap(poller -> poller.at(localNs)).map(MeasuredClocks::offset),
        state.status(),
        state.reading(),
        clock.knowsTrueTime() ? OptionalLong.of(realtimeNs) : OptionalLong.empty());
  }

  private static MeasuredOffset offset(NtpOffset offset) {
    return new MeasuredOffset(offset.offsetNs(), offset.uncertaintyNs());
  }

  private static MeasuredOffset offset(ChronoTickOffset offset) {
    return new MeasuredOffset(offset.offsetNs(), offset.uncertaintyNs());
  }

  @Override
  public void close() {
    timeKeeper.ifPresent(TimeKeeper::close);
    chronoTick.ifPresent(ChronoTickPoller::close);
  }
}
