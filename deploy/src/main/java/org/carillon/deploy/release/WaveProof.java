package org.carillon.deploy.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.records.StepLog;
import org.carillon.ssh.fanout.HostOutcome;

/** Puts the release to its proof on hosts where it is healthy. */
final class WaveProof {
  private final ReleasePlan plan;
  private final ReleaseHosts hosts;
  private final Proof proof;
  private final Cancellation cancellation;

  WaveProof(ReleasePlan plan, ReleaseHosts hosts, Proof proof, Cancellation cancellation) {
    this.plan = plan;
    this.hosts = hosts;
    this.proof = proof;
    this.cancellation = cancellation;
  }

  /**
   * Looks, after a while; what is wrong is noted.
   *
   * @return the hosts that passed; none if somebody wished to stop meanwhile
   */
  List<String> passed(List<String> healthy) {
    boolean soaks = plan.deployable().service().isPresent();
    if (soaks && cancellation.await(plan.deployable().rollout().soak())) {
      return List.of();
    }
    StepLog steps = plan.record().steps();
    for (String host : healthy) {
      hosts.story(host).at(Step.VALIDATE);
      steps.begin(host, Step.VALIDATE.word(), plan.id());
    }
    Map<String, String> complaints;
    try {
      complaints = proof.complaints(hosts.fleet().limitedTo(healthy), plan.id());
    } catch (CarillonException e) {
      Map<String, HostOutcome<Boolean>> all = new LinkedHashMap<>();
      healthy.forEach(
          host -> all.put(host, new HostOutcome.NotDone<>(e.exitCode(), e.getMessage())));
      fail(all);
      return List.of();
    }
    List<String> passed = new ArrayList<>();
    Map<String, HostOutcome<Boolean>> failed = new LinkedHashMap<>();
    for (String host : healthy) {
      String complaint = complaints.get(host);
      if (complaint == null) {
        steps.done(host, Step.VALIDATE.word(), plan.id());
        passed.add(host);
      } else {
        failed.put(host, new HostOutcome.RemoteExit<>(Optional.empty(), complaint));
      }
    }
    fail(failed);
    // Checks that were stopped may have seen too little to complain.
    return cancellation.requested() ? List.of() : passed;
  }

  private void fail(Map<String, HostOutcome<Boolean>> failed) {
    failed.forEach(
        (host, outcome) ->
            plan.record().steps().failed(host, Step.VALIDATE.word(), outcome.sentence()));
    hosts.fail(failed);
  }
}
