package org.carillon.control.view;

import java.util.OptionalLong;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.record.MeasuredOffset;

/**
 * All workers together.
 *
 * @param workers how many
 * @param troubled how many of them are not well
 * @param boundNs the widest of the clocks' bounds; empty if no clock is bounded
 */
record Totals(
    int workers,
    int troubled,
    Counters counters,
    double rateHz,
    LatencyHistogram latencies,
    OptionalLong boundNs) {

  static Totals of(RunView view) {
    Counters counters = Counters.ZERO;
    LatencyHistogram latencies = LatencyHistogram.EMPTY;
    double rateHz = 0;
    for (WorkerView worker : view.workers()) {
      counters = counters.plus(worker.counters());
      latencies = latencies.plus(worker.latencies());
      rateHz += worker.rateHz();
    }
    return new Totals(
        view.workers().size(),
        (int) view.workers().stream().filter(worker -> worker.trouble().isPresent()).count(),
        counters,
        rateHz,
        latencies,
        view.workers().stream()
            .flatMap(worker -> worker.clock().offset().stream())
            .mapToLong(MeasuredOffset::uncertaintyNs)
            .max());
  }
}
