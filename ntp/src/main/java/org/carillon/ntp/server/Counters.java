package org.carillon.ntp.server;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a server did; any thread may add and read. */
final class Counters {
  final LongAdder requests = new LongAdder();
  final LongAdder answers = new LongAdder();
  final LongAdder kisses = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder notFromClient = new LongAdder();
  final LongAdder sendFailures = new LongAdder();
  final LongAdder samplesAccepted = new LongAdder();
  final LongAdder samplesRefused = new LongAdder();

  Totals totals() {
    return new Totals(
        requests.sum(),
        answers.sum(),
        kisses.sum(),
        dropped.sum(),
        malformed.sum(),
        notFromClient.sum(),
        sendFailures.sum());
  }
}
