package org.carillon.control.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.ShortTime;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.record.MeasuredOffset;

/** What is shown of a run, in words and figures for people. */
final class Texts {

  static final String NOTHING = "-";

  private Texts() {}

  /** Where the run is and how much time is left, such as "running 0:12, ~0:48 left". */
  static String phase(RunView view, Optional<SendProgress> sending) {
    String waitingFor = printable(view.waitingFor());
    return switch (view.phase()) {
      case CONNECTING -> either(waitingFor, "connecting");
      case PREPARING -> either(waitingFor, "preparing");
      case CLOCK_GATE -> either(waitingFor, "waiting for clocks");
      case STARTING -> either(waitingFor, "starting");
      case RUNNING -> {
        String left =
            sending.map(progress -> ", ~" + clock(progress.remaining()) + " left").orElse("");
        yield also("running " + clock(view.elapsed()) + left, waitingFor);
      }
      case FINISHING -> also("finishing " + clock(view.elapsed()), waitingFor);
      case ENDED -> "ended after " + clock(view.elapsed());
    };
  }

  private static String either(String text, String ifEmpty) {
    return text.isEmpty() ? ifEmpty : text;
  }

  private static String also(String text, String more) {
    return more.isEmpty() ? text : text + "; " + more;
  }

  /** What was sent, such as "12000 of 60000 events sent". */
  static String sent(SendProgress progress) {
    return progress.sent() + " of " + progress.total() + " events sent";
  }

  /** What the sending missed, such as "; 3 sends failed"; empty if nothing. */
  static String failedSends(Optional<SendProgress> sending) {
    return sending
        .filter(progress -> progress.failedSends() > 0)
        .map(progress -> "; " + progress.failedSends() + " sends failed")
        .orElse("");
  }

  static String clock(Duration time) {
    long seconds = time.plusMillis(500).toSeconds();
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  static String rate(double rateHz) {
    return String.format(Locale.ROOT, rateHz < 99.95 ? "%.1f" : "%.0f", rateHz);
  }

  static String percentile(LatencyHistogram latencies, double percentile) {
    return latencies.count() == 0 ? NOTHING : ShortTime.signed(latencies.percentileNs(percentile));
  }

  static String offset(Optional<MeasuredOffset> offset) {
    return offset
        .map(
            it ->
                (it.offsetNs() > 0 ? "+" : "")
                    + ShortTime.signed(it.offsetNs())
                    + " "
                    + bound(OptionalLong.of(it.uncertaintyNs())))
        .orElse(NOTHING);
  }

  static String bound(OptionalLong boundNs) {
    return boundNs.isEmpty() ? NOTHING : "± " + ShortTime.text(boundNs.getAsLong());
  }

  /** The share of the node's processors that is in use. */
  static String cpu(CpuShares cpu) {
    return cpu.user().isEmpty()
        ? NOTHING
        : Math.round(100 * (cpu.user().getAsDouble() + cpu.system().orElse(0))) + "%";
  }

  /** What a worker says may not steer the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
