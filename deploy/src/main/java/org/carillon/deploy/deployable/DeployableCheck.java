package org.carillon.deploy.deployable;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyedFile;
import org.carillon.core.keys.Location;
import org.carillon.core.keys.Values;
import org.carillon.ssh.nodeset.Groups;
import org.carillon.ssh.nodeset.NodeSet;

/** What no key of a deployable shows by itself: keys that need or exclude each other. */
final class DeployableCheck {

  private final KeyedFile file;
  private final Values values;
  private final Complaints complaints;

  private DeployableCheck(KeyedFile file, Complaints complaints) {
    this.file = file;
    this.values = file.values();
    this.complaints = complaints;
  }

  static void check(KeyedFile file, Complaints complaints) {
    DeployableCheck check = new DeployableCheck(file, complaints);
    check.service();
    check.hosts();
    check.names("validate.tests", ValidateKeys.TEST_NAME);
    check.names("validate.patterns", ValidateKeys.PATTERN_NAME);
  }

  private void service() {
    boolean program = values.find(ServiceKeys.START).isPresent();
    boolean unit = values.find(ServiceKeys.UNIT).isPresent();
    if (!file.has("service")) {
      if (values.find(ValidateKeys.RESPONSE_P99).isPresent()) {
        complain(ValidateKeys.RESPONSE_P99, "needs service.health.http");
      }
      return;
    }
    if (program && unit) {
      complain(ServiceKeys.UNIT, "cannot stand beside service.start: keep one of them");
    } else if (!program
        && !unit
        && !complaints.areAbout(ServiceKeys.START.path())
        && !complaints.areAbout(ServiceKeys.UNIT.path())) {
      complaints.add(
          file.at("service"),
          ServiceKeys.START.path(),
          "is missing; say how the service is started: service.start or"
              + " service.systemd_user_unit");
    }
    if (values.find(ValidateKeys.RESPONSE_P99).isPresent()
        && values.find(ServiceKeys.HTTP).isEmpty()) {
      complain(ValidateKeys.RESPONSE_P99, "needs service.health.http");
    }
  }

  private void hosts() {
    String root = values.find(DeployableKeys.ROOT).orElse("");
    int hosts = count();
    boolean local = values.find(DeployableKeys.HOST).equals(Optional.of(HostKind.LOCAL));
    if (local && hosts > 1 && !root.contains(Deployable.HOST_TOKEN)) {
      complaints.add(
          values.at(DeployableKeys.ROOT).orElse(file.at("hosts")),
          DeployableKeys.ROOT.path(),
          "needs %h, since several hosts are this machine: each needs a folder of its own");
    }
  }

  /** How many hosts there are; a set that cannot be read is complained about. */
  private int count() {
    Optional<String> text = values.find(DeployableKeys.HOSTS);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      Groups groups =
          values.find(DeployableKeys.GROUPS).map(Path::of).map(Groups::read).orElse(Groups.NONE);
      return NodeSet.parse(text.get(), groups).size();
    } catch (IllegalArgumentException | CarillonException e) {
      complain(DeployableKeys.HOSTS, e.getMessage());
      return 0;
    }
  }

  private void names(String group, Key<String> key) {
    Set<String> seen = new HashSet<>();
    List<String> members = file.members(group);
    for (String member : members) {
      Optional<String> name = values.find(key, member);
      if (name.isPresent() && !seen.add(name.get())) {
        complaints.add(
            values.at(key, member).orElse(file.at()),
            key.pathOf(member),
            "'" + name.get() + "' names another one already");
      }
    }
  }

  private void complain(Key<?> key, String sentence) {
    Location at = values.at(key).orElse(file.at());
    complaints.add(at, key.path(), sentence);
  }
}
