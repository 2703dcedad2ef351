package org.carillon.deploy.deployable;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;
import org.carillon.ssh.Detached;

/** The group {@code service}. */
final class ServiceKeys {

  static final KeyGroup GROUP = new KeyGroup();

  static final Key<List<String>> START =
      GROUP.add(
          optional(
              "service.start",
              new Form.Words(),
              "Program and arguments; started in `current/`, in a session of its own. It must stay in"
                  + " the foreground."));
  static final Key<String> UNIT =
      GROUP.add(
          optional(
              "service.systemd_user_unit",
              DeployableForms.unit(),
              "Instead of `start`: a unit of the account's own systemd."));
  static final Key<Detached.Signal> STOP_SIGNAL =
      GROUP.add(
          withDefault(
              "service.stop.signal", DeployableForms.signal(), "TERM", "Asks the service to end."));
  static final Key<Duration> STOP_DEADLINE =
      GROUP.add(
          withDefault(
              "service.stop.deadline",
              Forms.durationUpTo(Duration.ofHours(1)),
              "10s",
              "What still lives after that is killed."));
  static final Key<URI> HTTP =
      GROUP.add(
          optional(
              "service.health.http",
              Forms.httpUri(),
              "Healthy if it answers with a status 200–299; asked for on the host itself."));
  static final Key<Integer> PORT =
      GROUP.add(
          optional(
              "service.health.port", Forms.port(), "Healthy if this TCP port is listened on."));
  static final Key<List<String>> COMMAND =
      GROUP.add(
          optional(
              "service.health.command",
              new Form.Words(),
              "Healthy if this command, run in `current/`, ends with 0."));
  static final Key<String> PID_FILE =
      GROUP.add(
          optional(
              "service.health.pid_file",
              DeployableForms.pathBelow("`current/`"),
              "Healthy if this file names a process that lives."));
  static final Key<Duration> WINDOW =
      GROUP.add(
          withDefault(
              "service.health.window",
              Forms.duration(Duration.ofMillis(100)),
              "30s",
              "How long it may take until all of these hold. Without any of them the process itself"
                  + " must live for one interval."));
  static final Key<Duration> INTERVAL =
      GROUP.add(
          withDefault(
              "service.health.interval",
              Forms.duration(Duration.ofMillis(10)),
              "1s",
              "Between two looks."));

  private ServiceKeys() {}
}
