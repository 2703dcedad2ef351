package org.carillon.control.view;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carillon.control.controller.RunView;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log every ten seconds, when a phase begins, and at the end. */
public final class LineView implements Consumer<RunView> {

  private static final Logger LOG = LoggerFactory.getLogger(LineView.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int NAMED_MAX = 5;

  private final ClockSource clock;
  private final Supplier<Optional<SendProgress>> sending;
  private Optional<RunView.Phase> phase = Optional.empty();
  private long dueNs;

  /**
   * @param sending how far the coordinator is; empty if it sends nothing
   */
  public LineView(ClockSource clock, Supplier<Optional<SendProgress>> sending) {
    this.clock = clock;
    this.sending = sending;
  }

  @Override
  public void accept(RunView view) {
    long nowNs = clock.monotonicNs();
    if (!phase.equals(Optional.of(view.phase())) || nowNs - dueNs >= 0) {
      phase = Optional.of(view.phase());
      dueNs = nowNs + INTERVAL.toNanos();
      LOG.info("Progress: {}", text(view, sending.get()));
    }
  }

  static String text(RunView view, Optional<SendProgress> sending) {
    Totals totals = Totals.of(view);
    StringBuilder text = new StringBuilder(Texts.phase(view, sending));
    sending.ifPresent(progress -> text.append("; ").append(Texts.sent(progress)));
    text.append(Texts.failedSends(sending));
    text.append("; ")
        .append(totals.workers())
        .append(totals.workers() == 1 ? " worker" : " workers");
    if (totals.counters().received() > 0) {
      text.append(" received ").append(totals.counters().received());
      if (view.phase() != RunView.Phase.ENDED) {
        text.append(" (").append(Texts.rate(totals.rateHz())).append("/s)");
      }
      text.append(", ").append(totals.counters().missing()).append(" missing");
    }
    if (totals.latencies().count() > 0) {
      text.append(", p50 ").append(Texts.percentile(totals.latencies(), 50));
      text.append(", p99 ").append(Texts.percentile(totals.latencies(), 99));
    }
    if (totals.boundNs().isPresent()) {
      text.append(", clocks within ").append(Texts.bound(totals.boundNs()));
    }
    if (totals.troubled() > 0) {
      text.append("; not well: ").append(troubled(view, totals.troubled()));
    }
    return text.toString();
  }

  private static String troubled(RunView view, int troubled) {
    String named =
        view.workers().stream()
            .filter(worker -> worker.trouble().isPresent())
            .limit(NAMED_MAX)
            .map(
                worker ->
                    Texts.printable(worker.name() + " (" + worker.trouble().orElseThrow() + ")"))
            .collect(Collectors.joining(", "));
    return troubled <= NAMED_MAX ? named : named + " and " + (troubled - NAMED_MAX) + " more";
  }
}
