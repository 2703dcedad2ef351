package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import java.util.List;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code worker}: how all workers do it. */
final class WorkerKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final Duration NONE = Duration.ZERO;

  static final Key<Duration> WARMUP =
      GROUP.add(
          withDefault(
              "worker.warmup",
              Forms.duration(NONE),
              "3m",
              "How long the clocks are measured before the first event."));
  static final Key<List<Duration>> COMMIT_WAIT =
      GROUP.add(
          optional(
              "worker.commit_wait",
              new Form.Many<>(Forms.duration(Duration.ofMillis(1))),
              "After each of these delays, record how wide the interval of an event has become."));
  static final Key<Duration> GRACE =
      GROUP.add(
          withDefault(
              "worker.grace",
              Forms.duration(NONE),
              "60s",
              "How long a worker that has lost the coordinator goes on by itself, and how long the"
                  + " coordinator waits for it; then it ends with its files closed."));
  static final Key<Duration> SETTLE =
      GROUP.add(
          withDefault(
              "worker.settle",
              Forms.duration(NONE),
              "2s",
              "How long workers wait for events that are missing after the last one was sent."));
  static final Key<Long> RECEIVE_BUFFER =
      GROUP.add(
          withDefault(
              "worker.receive_buffer",
              Forms.size(1, 1L << 30),
              "32MiB",
              "Socket buffer that a worker asks for; what the kernel of a node gives at most is its"
                  + " `net.core.rmem_max`."));
  static final Key<Long> RECEIVE_CPU =
      GROUP.add(
          optional(
              "worker.receive_cpu",
              Forms.integer(0, 1_023),
              "On every node, the only processor that the receiving thread runs on, as in"
                  + " `/proc/cpuinfo`; others may use it, too."));
  static final Key<Boolean> BUSY_POLL =
      GROUP.add(
          withDefault(
              "worker.busy_poll",
              Forms.bool(),
              "false",
              "Receive without ever sleeping, which takes a whole processor of every node."));

  private WorkerKeys() {}
}
