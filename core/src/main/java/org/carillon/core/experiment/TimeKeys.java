package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.PollInterval;

/** The group {@code time}: where the nodes get the time from. */
final class TimeKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final int NTP_PORT = 123;

  static final Key<List<HostPort>> SERVERS =
      GROUP.add(
          optional(
              "time.servers",
              new Form.Many<>(Forms.hostPort(NTP_PORT)),
              "NTP servers that every node asks. Either this or `time.serve` must be there."));
  static final Key<String> SERVE_ADDRESS =
      GROUP.add(
          withDefault(
              "time.serve.address",
              Forms.text("host name or address"),
              "127.0.0.1",
              "Where the nodes reach this machine. A file with the group `time.serve` starts a time"
                  + " server here for the run; if a node is reached over SSH, it must say this."));
  static final Key<Integer> SERVE_PORT =
      GROUP.add(
          optional(
              "time.serve.port", Forms.port(), "UDP port of that server; a free one if left out."));
  static final Key<List<HostPort>> SERVE_UPSTREAM =
      GROUP.add(
          optional(
              "time.serve.upstream",
              new Form.Many<>(Forms.hostPort(NTP_PORT)),
              "NTP servers that the time server follows; without them it serves the head node's own"
                  + " clock."));
  static final Key<Long> SERVE_STRATUM =
      GROUP.add(
          withDefault(
              "time.serve.stratum",
              Forms.integer(1, 15),
              "10",
              "Stratum that it claims when it serves the head node's own clock."));
  static final Key<URI> CHRONOTICK =
      GROUP.add(
          optional(
              "time.chronotick",
              Forms.httpUri(),
              "ChronoTick service that every node asks, as each node reaches it."));
  static final Key<PollInterval> POLL_INTERVAL =
      GROUP.add(
          withDefault(
              "time.poll_interval",
              ExperimentForms.pollInterval(Duration.ofMillis(100)),
              "auto",
              "How often a node asks each NTP server: a fixed interval, or one that adapts between"
                  + " two limits; `auto` is `1s..64s`."));
  static final Key<List<PathAsymmetry>> ASYMMETRY =
      GROUP.add(
          optional(
              "time.asymmetry",
              new Form.Many<>(ExperimentForms.asymmetry()),
              "What is known of the ways to servers of `time.servers`: how much longer the way there"
                  + " is than the way back, and how well that is known; see docs/clock.md."));
  static final Key<Double> DRIFT_BOUND =
      GROUP.add(
          withDefault(
              "time.drift_bound_ppm",
              Forms.decimal(0.001, 10_000),
              "50",
              "The most that a node's counter is assumed to gain or lose, in parts per million: how"
                  + " fast its interval widens between samples."));

  static final Key<Double> WANDER_BOUND =
      GROUP.add(
          withDefault(
              "time.wander_bound_ppm_per_s",
              Forms.decimal(0.000_001, 1_000_000),
              "0.02",
              "The most that this error is assumed to change in a second; 1000000 for no bound."));

  private TimeKeys() {}
}
