package org.carillon.core.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.Location;
import org.carillon.core.keys.Values;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;

/** What no key shows by itself: keys that need or exclude each other. */
final class CrossCheck {

  private final Values values;
  private final List<String> nodes;
  private final Location file;
  private final Complaints complaints;

  private CrossCheck(Values values, List<String> nodes, Location file, Complaints complaints) {
    this.values = values;
    this.nodes = nodes;
    this.file = file;
    this.complaints = complaints;
  }

  static void check(Values values, List<String> nodes, Location file, Complaints complaints) {
    CrossCheck check = new CrossCheck(values, nodes, file, complaints);
    check.time();
    check.workload();
    check.policies();
    check.pace();
    check.coordinator();
    check.ports();
    check.lists();
  }

  private void time() {
    boolean servers = values.find(TimeKeys.SERVERS).isPresent();
    boolean serve = serves();
    if (servers && serve) {
      complaints.add(
          values.at(TimeKeys.SERVERS).orElse(file),
          "time.servers",
          "cannot stand beside time.serve; servers for the head node to follow are"
              + " time.serve.upstream");
    } else if (!servers && !serve) {
      complaints.add(
          file, "time", "say where the nodes get the time from: time.servers or time.serve");
    }
    List<HostPort> asked = values.find(TimeKeys.SERVERS).orElse(List.of());
    for (PathAsymmetry asymmetry : values.find(TimeKeys.ASYMMETRY).orElse(List.of())) {
      if (!asked.contains(asymmetry.server())) {
        complaints.add(
            values.at(TimeKeys.ASYMMETRY).orElse(file),
            TimeKeys.ASYMMETRY.path(),
            asymmetry.server() + " is none of time.servers");
      }
    }
    if (serve && anySsh() && values.at(TimeKeys.SERVE_ADDRESS).isEmpty()) {
      complaints.add(
          file,
          "time.serve.address",
          "is missing; nodes reached over SSH need an address of this machine");
    }
  }

  private boolean serves() {
    return values.find(TimeKeys.SERVE_STRATUM).isPresent()
        || values.at(TimeKeys.SERVE_ADDRESS).isPresent();
  }

  private boolean anySsh() {
    boolean nodeOverSsh =
        nodes.stream().anyMatch(node -> values.find(NodeKeys.HOST, node).equals(SSH));
    return nodeOverSsh || values.find(CoordinatorKeys.HOST).equals(SSH);
  }

  private static final Optional<HostKind> SSH = Optional.of(HostKind.SSH);

  private void workload() {
    // A kind that could not be read has its complaint already.
    Optional<WorkloadKind> kind = values.find(WorkloadKeys.KIND);
    if (kind.isEmpty()) {
      return;
    }
    switch (kind.get()) {
      case EVENTS ->
          refuse(Keys.OF_EXEC, "belongs to a command: set workload.kind: exec, or leave it out");
      case EXEC -> {
        refuse(Keys.OF_EVENTS, "belongs to events, and workload.kind is exec: leave it out");
        if (values.find(WorkloadKeys.COMMAND).isEmpty()
            && !complaints.areAbout(WorkloadKeys.COMMAND.path())) {
          complaints.add(
              values.at(WorkloadKeys.KIND).orElse(file),
              WorkloadKeys.COMMAND.path(),
              "is missing; workload.kind: exec needs a command, such as [sleep, 10s]");
        }
      }
    }
  }

  private void refuse(List<Key<?>> keys, String sentence) {
    for (Key<?> key : keys) {
      values.at(key).ifPresent(at -> complaints.add(at, key.path(), sentence));
    }
  }

  private void policies() {
    for (Key<String> key : List.of(RunKeys.PREPARE_POLICY, RunKeys.RUN_POLICY)) {
      String policy = values.find(key).orElse("");
      if (policy.startsWith("quorum:")
          && Integer.parseInt(policy.substring("quorum:".length())) > nodes.size()) {
        complaints.add(
            values.at(key).orElse(file),
            key.path(),
            policy + " asks for more workers than there are nodes (" + nodes.size() + ")");
      }
    }
  }

  private void pace() {
    List<Key<?>> given =
        Stream.<Key<?>>of(
                WorkloadKeys.RATE,
                WorkloadKeys.PATTERN,
                WorkloadKeys.TARGET_DURATION,
                WorkloadKeys.REPLAY)
            .filter(key -> values.find(key).isPresent())
            .toList();
    for (Key<?> key : given.stream().skip(1).toList()) {
      complaints.add(
          values.at(key).orElse(file),
          key.path(),
          "cannot stand beside " + given.getFirst().path() + ": keep one of them");
    }
    boolean random = values.find(WorkloadKeys.ARRIVALS).equals(Optional.of(Arrivals.POISSON));
    boolean bursts = values.find(WorkloadKeys.BURST).orElse(1L) > 1;
    if (values.find(WorkloadKeys.RATE).isEmpty()
        && !complaints.areAbout(WorkloadKeys.RATE.path())) {
      if (random) {
        refuse(List.of(WorkloadKeys.ARRIVALS), "poisson needs a workload.rate");
      }
      if (bursts) {
        refuse(List.of(WorkloadKeys.BURST), "needs a workload.rate");
      }
    }
    if (!random && !complaints.areAbout(WorkloadKeys.ARRIVALS.path())) {
      refuse(List.of(WorkloadKeys.SEED), "is for workload.arrivals: poisson");
    }
  }

  private void coordinator() {
    Optional<String> node = values.find(CoordinatorKeys.NODE);
    Optional<HostKind> host = values.find(CoordinatorKeys.HOST);
    if (node.isPresent()) {
      Location at = values.at(CoordinatorKeys.NODE).orElse(file);
      if (!nodes.contains(node.get())) {
        complaints.add(at, "coordinator.node", "'" + node.get() + "' is not one of the nodes");
      }
      Stream.<Key<?>>of(
              CoordinatorKeys.HOST,
              CoordinatorKeys.ADDRESS,
              CoordinatorKeys.SSH_PORT,
              CoordinatorKeys.USER,
              CoordinatorKeys.WORK_DIR)
          .filter(key -> values.at(key).isPresent())
          .forEach(
              key ->
                  complaints.add(
                      values.at(key).orElse(file),
                      key.path(),
                      "cannot stand beside coordinator.node, which has a host already"));
    } else if (host.equals(SSH) && values.find(CoordinatorKeys.ADDRESS).isEmpty()) {
      complaints.add(
          values.at(CoordinatorKeys.HOST).orElse(file),
          "coordinator.address",
          "is missing; host: ssh needs the address to connect to");
    }
    boolean far =
        host.equals(SSH) || node.flatMap(name -> values.find(NodeKeys.HOST, name)).equals(SSH);
    for (String name : far ? nodes : List.<String>of()) {
      if (values.find(NodeKeys.HOST, name).equals(Optional.of(HostKind.LOCAL))
          && values.find(NodeKeys.DATA_ADDRESS, name).isEmpty()) {
        complaints.add(
            values.at(NodeKeys.HOST, name).orElse(file),
            "nodes." + name + ".data_address",
            "is missing; the coordinator runs elsewhere and needs this machine's address");
      }
    }
  }

  /** Two workers cannot listen on one port of one machine. */
  private void ports() {
    Map<String, String> owners = new HashMap<>();
    for (String node : nodes) {
      Optional<Integer> port = values.find(NodeKeys.PORT, node);
      if (port.isEmpty()) {
        continue;
      }
      String machine =
          values.find(NodeKeys.HOST, node).equals(SSH)
              ? values.find(NodeKeys.ADDRESS, node).orElse(node)
                  + values.find(NodeKeys.SSH_PORT, node).map(p -> ":" + p).orElse("")
              : "";
      String other = owners.putIfAbsent(machine + " " + port.get(), node);
      if (other != null) {
        complaints.add(
            values.at(NodeKeys.PORT, node).orElse(file),
            "nodes." + node + ".port",
            port.get() + " is taken by nodes." + other + " on the same machine");
      }
    }
    if (nodes.contains("coordinator")) {
      complaints.add(file, "nodes.coordinator", "this name belongs to the coordinator itself");
    }
  }

  private void lists() {
    for (Key<?> key :
        List.<Key<?>>of(
            TimeKeys.SERVERS,
            WorkloadKeys.PATTERN,
            AnalysisKeys.WINDOWS,
            AnalysisKeys.FORMATS,
            TimeKeys.SERVE_UPSTREAM)) {
      if (values
          .find(key)
          .filter(value -> value instanceof List<?> list && list.isEmpty())
          .isPresent()) {
        complaints.add(values.at(key).orElse(file), key.path(), "needs at least one entry");
      }
    }
  }
}
