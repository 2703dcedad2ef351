package org.carillon.deploy.validate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The checks that apply to a subject.
 *
 * @param onHosts one after the other on each host, so that none disturbs another's numbers
 * @param fleetwide then, one after the other
 */
record Checks(List<HostCheck> onHosts, List<FleetwideCheck> fleetwide) {

  static Checks of(Subject subject, Means means) {
    List<HostCheck> onHosts = new ArrayList<>();
    subject
        .service()
        .ifPresent(service -> onHosts.add(new ServiceCheck(service, subject.limits())));
    if (!subject.tests().isEmpty()) {
      onHosts.add(new TestsCheck(subject.tests()));
    }
    if (!subject.patterns().isEmpty()) {
      onHosts.add(new PatternsCheck(subject, means.clock()));
    }
    onHosts.add(new ResourcesCheck(subject, means.memory().samples(), means.clock()));
    if (!subject.ports().isEmpty()) {
      onHosts.add(new PortsCheck(subject.ports()));
    }
    List<FleetwideCheck> fleetwide = new ArrayList<>();
    if (subject.isReleased()) {
      fleetwide.add(new VersionsCheck());
    }
    fleetwide.add(
        new ClocksCheck(
            subject.limits().clockBound(),
            means.distribution(),
            means.clock(),
            means.cancellation()));
    subject
        .connectivity()
        .ifPresent(
            wanted ->
                fleetwide.add(
                    new ConnectivityCheck(
                        subject, wanted.probes(), means.cancellation()::requested)));
    subject
        .experiment()
        .ifPresent(
            file ->
                means
                    .distribution()
                    .ifPresent(
                        distribution ->
                            fleetwide.add(
                                new ExperimentCheck(
                                    file, distribution, means.clock(), means.cancellation()))));
    return new Checks(onHosts, fleetwide);
  }

  /** What they look at; whether a host can be reached is found by all of them. */
  Set<CheckName> names() {
    EnumSet<CheckName> names = EnumSet.of(CheckName.REACHABLE);
    onHosts.forEach(check -> names.addAll(check.names()));
    fleetwide.forEach(check -> names.addAll(check.names()));
    return names;
  }
}
