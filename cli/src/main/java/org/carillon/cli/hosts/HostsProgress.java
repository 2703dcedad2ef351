package org.carillon.cli.hosts;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.carillon.cli.Terminal;
import org.carillon.control.view.Screen;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last line of a terminal while hosts are at work; without one, only retries are told. What is
 * done within the first moment shows nothing.
 *
 * @param <T> what the work yields on a host
 */
final class HostsProgress<T> implements FanOutListener {
  private static final Logger LOG = LoggerFactory.getLogger(HostsProgress.class);
  private static final long INTERVAL_NS = 100_000_000;
  private static final long FIRST_NS = 500_000_000;
  private static final int BAR_WIDTH = 30;

  private final int total;
  private final HostsReport<T> report;
  private final ClockSource clock = new SystemClock();
  private final boolean shown;
  private final SequencedSet<String> atWork = new LinkedHashSet<>();
  private Optional<Screen> screen = Optional.empty();
  private long dueNs = clock.monotonicNs() + FIRST_NS;
  private int ended;
  private int failed;

  HostsProgress(int total, boolean shown, HostsReport<T> report) {
    this.total = total;
    this.report = report;
    this.shown = shown && Terminal.isInteractive();
  }

  @Override
  public void began(String host) {
    atWork.add(host);
    draw();
  }

  /** Hosts that all take long are seen at work, too. */
  @Override
  public void waiting() {
    draw();
  }

  @Override
  public void again(String host, HostOutcome<?> failure, Duration pause) {
    LOG.info("{}; tried again in {}", failure.sentence(), DurationText.rounded(pause));
  }

  @Override
  @SuppressWarnings("unchecked") // the outcomes of this work, which the listener is told of
  public void ended(String host, HostOutcome<?> outcome) {
    atWork.remove(host);
    ended++;
    failed += outcome.succeeded() ? 0 : 1;
    report.ended(host, (HostOutcome<T>) outcome);
    draw();
  }

  private void draw() {
    if (!shown || clock.monotonicNs() < dueNs || ended == total) {
      return;
    }
    if (screen.isEmpty()) {
      screen = Optional.of(Terminal.screen());
    }
    dueNs = clock.monotonicNs() + INTERVAL_NS;
    String line = line(total, ended, failed, NodeSet.of(atWork));
    screen.get().draw(List.of(line.substring(0, Math.min(line.length(), Terminal.columns() - 1))));
  }

  static String line(int total, int ended, int failed, NodeSet atWork) {
    int full = (int) ((long) ended * BAR_WIDTH / total);
    return "[%s%s] %d of %d%s, at work: %s"
        .formatted(
            "#".repeat(full),
            " ".repeat(BAR_WIDTH - full),
            ended,
            total,
            failed == 0 ? "" : ", " + failed + " failed",
            atWork);
  }

  void over() {
    screen.ifPresent(Screen::clear);
  }
}
