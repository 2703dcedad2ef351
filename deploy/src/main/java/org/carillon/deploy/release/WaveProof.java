package org.carillon.deploy.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.records.StepLog;

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
      healthy.forEach(host -> fail(host, e.exitCode(), e.getMessage()));
      return List.of();
    }
    List<String> passed = new ArrayList<>();
    for (String host : healthy) {
      String complaint = complaints.get(host);
      if (complaint == null) {
        steps.done(host, Step.VALIDATE.word(), plan.id());
        passed.add(host);
      } else {
        fail(host, ExitCode.ALL_FAILED, complaint);
      }
    }
    // Checks that were stopped may have seen too little to complain.
    return cancellation.requested() ? List.of() : passed;
  }

  private void fail(String host, ExitCode code, String complaint) {
    plan.record().steps().failed(host, Step.VALIDATE.word(), complaint);
    hosts.fail(host, code, host + ": " + Step.VALIDATE.word() + ": " + complaint);
  }
}
