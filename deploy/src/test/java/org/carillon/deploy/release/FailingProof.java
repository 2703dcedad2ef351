package org.carillon.deploy.release;

import java.util.Map;
import org.carillon.deploy.deployable.Fleet;

/** Finds every release faulty on one host. */
record FailingProof(String host) implements Proof {
  @Override
  public void before(Fleet hosts) {}

  @Override
  public Map<String, String> complaints(Fleet hosts, String id) {
    return Map.of(host, "validate: tests answers");
  }
}
