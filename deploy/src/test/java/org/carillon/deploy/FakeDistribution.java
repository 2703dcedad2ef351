package org.carillon.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A distribution whose executables are small shell scripts that keep the contracts of the real
 * ones.
 */
final class FakeDistribution {

  /** Wants an identity, becomes ready at once, then lives until it is asked to end. */
  static final String WORKER =
      """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        case $1 in
        --node-id) node=$2 ;;
        --output) output=$2 ;;
        --ready-file) ready=$2 ;;
        esac
        shift
      done
      case $(cat) in *'PRIVATE KEY'*'CERTIFICATE'*) ;; *) echo 'no identity'; exit 5 ;; esac
      echo "hello from $node"
      printf 'event_id,receive_time_ns,coordinator_send_time_ns\\n1,1000000000,1\\n2,1500000000,1\\n3,2000000000,1\\n' >"$output"
      printf '{"node":"%s","pid":%s,"port":4001,"control_port":4002,"clock":"synchronized","ntp_offset_ms":1.5,"ntp_uncertainty_ms":0.25}\\n' "$node" $$ >ready.part
      mv ready.part "$ready"
      trap 'exit 0' TERM
      while :; do sleep 0.05; done
      """;

  /** Does nothing, says that all went well, and ends. */
  static final String COORDINATOR =
      """
      #!/bin/sh
      case $(cat) in *'PRIVATE KEY'*'CERTIFICATE'*) ;; *) echo 'no identity'; exit 5 ;; esac
      printf 'event_id,sequence_number,send_time_ns\\n1,0,1\\n2,1,2\\n' >coordinator.csv
      echo '{"phase":"preparing"}'
      echo '{"phase":"ended"}'
      """;

  /** What the coordinator leaves, as the last thing it does. */
  static String control(int exitCode, String a, String b) {
    return """
    cat >control.json <<'END'
    {"exit_code":%d,"outcome":"it is over","injected_faults":"",
     "start":{"true_time_ns":1000,"workers":2,"spread_ns":41000,"spread_min_ns":0,"spread_max_ns":163000,
              "sentence":"2 workers started within 41 µs (between 0 and 163 µs, by their bounds)"},
     "workers":[{"node":"a",%s},{"node":"b",%s}],
     "all":{"latency":{"n":5,"p50_ns":-3,"p90_ns":4,"p99_ns":8,"p999_ns":9,"max_ns":9}}}
    END
    exit %d
    """
        .formatted(exitCode, a, b, exitCode);
  }

  static final String COMPLETED =
      "\"state\":\"completed\",\"reason\":\"\",\"injected_faults\":\"\"";

  static final String TIMESERVER =
      """
      #!/bin/sh
      printf '{"port":4123,"clock":"synchronized"}\\n' >ready.part
      mv ready.part ready.json
      trap 'exit 0' TERM
      while :; do sleep 0.05; done
      """;

  private final Path home;

  FakeDistribution(Path home) {
    this.home = home;
    try {
      Files.createDirectories(home.resolve("bin"));
      Files.writeString(home.resolve("VERSION"), "1.2.3\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put("worker", WORKER);
    put("coordinator", COORDINATOR + control(0, COMPLETED, COMPLETED));
    put("timeserver", TIMESERVER);
  }

  /** Replaces an executable. */
  void put(String name, String script) {
    try {
      Path file = Files.writeString(home.resolve("bin").resolve(name), script);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Distribution distribution() {
    return Distribution.at(home);
  }
}
