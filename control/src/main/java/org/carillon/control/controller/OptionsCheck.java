package org.carillon.control.controller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.carillon.core.net.HostPort;

/** What makes options useless before anybody is asked. */
final class OptionsCheck {

  private OptionsCheck() {}

  static Optional<String> complaint(ControllerOptions options) {
    if (options.agents().isEmpty()) {
      return Optional.of("no worker is named: name at least one");
    }
    for (FailurePolicy policy : new FailurePolicy[] {options.preparation(), options.running()}) {
      if (policy instanceof FailurePolicy.Quorum(int workers)
          && workers > options.agents().size()) {
        return Optional.of(
            "the policy %s can never hold: there are %d workers"
                .formatted(policy.text(), options.agents().size()));
      }
    }
    if (options.identity().isEmpty()) {
      return options.agents().stream()
          .map(AgentAddress::control)
          .filter(control -> !isLoopback(control))
          .findFirst()
          .map(
              control ->
                  control
                      + " is not on this machine: without an identity only loopback addresses are"
                      + " spoken to; give --identity");
    }
    return Optional.empty();
  }

  private static boolean isLoopback(HostPort address) {
    try {
      return InetAddress.getByName(address.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
