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

  /** Becomes ready at once, then lives until it is asked to end. */
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
      echo "hello from $node"
      printf 'event_id,receive_time_ns,coordinator_send_time_ns\\n1,1000000000,1\\n2,1500000000,1\\n3,2000000000,1\\n' >"$output"
      printf '{"node":"%s","pid":%s,"port":4001,"clock":"synchronized","ntp_offset_ms":1.5,"ntp_uncertainty_ms":0.25}\\n' "$node" $$ >ready.part
      mv ready.part "$ready"
      trap 'exit 0' TERM
      while :; do sleep 0.05; done
      """;

  /** Sends nothing, says that it did, and ends. */
  static final String COORDINATOR =
      """
      #!/bin/sh
      printf 'event_id,sequence_number,send_time_ns\\n1,0,1\\n2,1,2\\n' >coordinator.csv
      echo '{"state":"running","sent":1,"total":2}'
      echo '{"state":"finished","sent":2,"total":2}'
      """;

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
    put("coordinator", COORDINATOR);
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
