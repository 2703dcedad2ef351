package org.carillon.deploy.release;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.ssh.ShellWords;
import org.carillon.ssh.nodeset.NodeSet;

/** Says what a deployment would do, without touching a host. */
public final class ReleaseDryRun {
  private static final Set<Step> BEFORE = EnumSet.of(Step.LOCK, Step.CHECK, Step.STAGE);
  private static final Set<Step> OF_SERVICE = EnumSet.of(Step.STOP, Step.START, Step.HEALTH);

  private ReleaseDryRun() {}

  /** The resolved file, the release, and every step in its order. */
  public static String text(
      DeployableLoader.Loaded loaded, NodeSet hosts, ReleaseAction.Kind kind, boolean skipTests) {
    Deployable deployable = loaded.deployable();
    StringBuilder out = new StringBuilder();
    out.append("# ")
        .append(loaded.sources().stream().map(String::valueOf).collect(Collectors.joining(" + ")))
        .append('\n')
        .append(loaded.resolvedYaml())
        .append('\n');
    if (kind == ReleaseAction.Kind.BACKUP) {
      out.append(line(hosts, Step.LOCK, "")).append(line(hosts, Step.BACKUP, ""));
      return out.toString();
    }
    ManifestScan.Found found =
        ManifestScan.of(deployable.release().files(), deployable.release().shared());
    out.append(
        "# release %s: %d files, %d kB\n"
            .formatted(
                found.manifest().id(deployable.release().version()),
                found.files().size(),
                (found.manifest().sizeBytes() + 999) / 1000));
    out.append("# on all hosts, before anything is changed\n");
    BEFORE.forEach(step -> out.append(line(hosts, step, "")));
    Waves waves = Waves.of(new ArrayList<>(hosts.names()), hosts.size(), deployable.rollout());
    for (int i = 0; i < waves.waves().size(); i++) {
      out.append(
          "# wave %d of %d%s\n"
              .formatted(
                  i + 1,
                  waves.waves().size(),
                  i == 0 && waves.beginWithCanaries() ? ", canary" : ""));
      NodeSet wave = NodeSet.of(waves.waves().get(i));
      steps(deployable, skipTests)
          .forEach(step -> out.append(line(wave, step, detail(deployable, step))));
    }
    out.append(
        "# left as it is: a host on which just this release is in use and good%s\n"
            .formatted(
                deployable.service().isPresent()
                    ? ", and its service healthy and started as defined here"
                    : ""));
    out.append("# on all hosts, when all are well\n").append(line(hosts, Step.FINISH, ""));
    out.append(
        "# with more than %d failed hosts, or a failed canary: all that were touched go back\n"
            .formatted(waves.tolerated()));
    if (skipTests) {
      out.append("# NOT CHECKED: the tests are skipped\n");
    }
    return out.toString();
  }

  private static List<Step> steps(Deployable deployable, boolean skipTests) {
    Set<Step> steps =
        EnumSet.of(Step.BACKUP, Step.STOP, Step.SWAP, Step.START, Step.HEALTH, Step.VALIDATE);
    if (deployable.service().isEmpty()) {
      steps.removeAll(OF_SERVICE);
    }
    if (skipTests) {
      steps.remove(Step.VALIDATE);
    }
    return List.copyOf(steps);
  }

  private static String detail(Deployable deployable, Step step) {
    if (deployable.service().isEmpty()) {
      return "";
    }
    Deployable.Service service = deployable.service().get();
    return switch (step) {
      case STOP ->
          ": "
              + service.stop().signal()
              + ", after "
              + DurationText.format(service.stop().deadline())
              + " KILL";
      case START ->
          switch (service.start()) {
            case Deployable.Start.Program(List<String> argv) -> ": " + ShellWords.join(argv);
            case Deployable.Start.SystemdUserUnit(String unit) -> ": systemd's unit " + unit;
          };
      case HEALTH -> ", within " + DurationText.format(service.health().window());
      case LOCK, CHECK, STAGE, BACKUP, SWAP, VALIDATE, FINISH, UNDO -> "";
    };
  }

  private static String line(NodeSet hosts, Step step, String detail) {
    return "%s: %s: %s%s\n".formatted(hosts, step.word(), step.meaning(), detail);
  }
}
