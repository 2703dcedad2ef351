package org.carillon.deploy.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;

/** What a user is asked before a release: from what to what, where, and in how many waves. */
public final class ReleaseQuestion {
  private static final Duration LOOK = Duration.ofMinutes(2);

  private ReleaseQuestion() {}

  /** The question without its end; looks at every host which release is in use. */
  public static String text(Fleet fleet) {
    Deployable deployable = fleet.deployable();
    String id =
        ManifestScan.of(deployable.release().files(), deployable.release().shared())
            .manifest()
            .id(deployable.release().version());
    Map<String, String> changes = new LinkedHashMap<>();
    FanOut.<Optional<String>>run(
            FanOutSettings.of("the look at the release in use", LOOK),
            fleet.hosts(),
            new NodeRelease(deployable)::current,
            FanOutListener.NONE)
        .forEach((host, seen) -> changes.put(host, before(seen) + " -> " + id));
    NodeSet hosts = fleet.names();
    return "%s\n%s\nRelease %s on %s (%d)?"
        .formatted(
            String.join("\n", ReleaseHosts.folded(changes)),
            waves(Waves.of(List.copyOf(hosts.names()), hosts.size(), deployable.rollout())),
            deployable.name(),
            hosts,
            hosts.size());
  }

  private static String before(HostOutcome<Optional<String>> seen) {
    return seen.yielded().map(id -> id.orElse("no release")).orElse("unknown, no answer");
  }

  private static String waves(Waves waves) {
    List<String> words = new ArrayList<>();
    for (List<String> wave : waves.waves()) {
      boolean canary = words.isEmpty() && waves.beginWithCanaries();
      words.add(NodeSet.of(wave) + (canary ? " (canary)" : ""));
    }
    int count = words.size();
    return count == 1
        ? "all at once"
        : count
            + " waves: "
            + String.join(", then ", words.subList(0, Math.min(3, count)))
            + (count > 3 ? ", …" : "");
  }
}
