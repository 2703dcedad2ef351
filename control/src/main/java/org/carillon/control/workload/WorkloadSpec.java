package org.carillon.control.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a worker is to do in a run, as the coordinator describes it in its configuration. */
public sealed interface WorkloadSpec {

  /** How it is called in messages and files: {@code events}, {@code exec}. */
  String kind();

  /**
   * Receive and record the events of the run.
   *
   * @param commitWaits after which delays the uncertainty is noted again; may be empty
   * @param settle how long to wait for missing events after the last one was announced
   */
  record EventStream(List<Duration> commitWaits, Duration settle) implements WorkloadSpec {
    public EventStream {
      commitWaits = List.copyOf(commitWaits);
    }

    @Override
    public String kind() {
      return "events";
    }
  }

  /**
   * Run a command at the common start.
   *
   * @param argv the program and its arguments, at least one; no shell is involved
   * @param environment added to the worker's own
   * @param timeout how long it may run, above 0; then it and all that it started are ended
   * @param outputLimitBytes how much of standard output and of standard error is kept each
   */
  record Exec(
      List<String> argv, Map<String, String> environment, Duration timeout, long outputLimitBytes)
      implements WorkloadSpec {
    public Exec {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
    }

    @Override
    public String kind() {
      return "exec";
    }
  }
}
