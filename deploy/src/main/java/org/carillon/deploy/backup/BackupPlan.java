package org.carillon.deploy.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.Deployable;

/**
 * What of a deployable is backed up, and for how long.
 *
 * @param deployable its name
 * @param rootOn its root folder on a host of that name
 * @param paths what is backed up besides the release in use, relative to the root
 * @param retention how long a backup is kept
 * @param keep how many are kept at most, ≥ 1
 * @param configuration the deployable's file as resolved, to be kept in each backup
 */
public record BackupPlan(
    String deployable,
    UnaryOperator<String> rootOn,
    List<String> paths,
    Duration retention,
    int keep,
    Optional<String> configuration) {

  /** The link to the release in use. */
  static final String CURRENT = "current";

  static final String RELEASES = "releases/";

  /** What a release under way wants; a restore takes it away, since nobody wants it any more. */
  static final String PENDING = "pending";

  private static final List<String> OURS =
      List.of(CURRENT, "releases", "backups", "lock", "run", PENDING);

  /** The parts of a path may hold any visible character, but not look like an option. */
  private static final Pattern PART = Pattern.compile("(?!-|\\.\\.?$|\\.restore-)[^/\\p{Cntrl}]+");

  public BackupPlan {
    paths = List.copyOf(paths);
    paths.forEach(path -> requirePath(path, deployable));
    for (String path : paths) {
      paths.stream()
          .filter(other -> other.startsWith(path + "/"))
          .findFirst()
          .ifPresent(
              other -> {
                throw refusal(
                    deployable, other, "lies within " + path + ", which is backed up anyhow");
              });
    }
  }

  /**
   * What a deployable's file says.
   *
   * @param resolvedYaml that file, as resolved
   */
  public static BackupPlan of(Deployable deployable, String resolvedYaml) {
    Deployable.Backup backup = deployable.backup();
    return new BackupPlan(
        deployable.name(),
        deployable::rootOn,
        backup.paths(),
        backup.retention(),
        backup.keep(),
        Optional.of(resolvedYaml));
  }

  private static void requirePath(String path, String deployable) {
    for (String part : path.split("/", -1)) {
      if (!PART.matcher(part).matches()) {
        throw refusal(deployable, path, "is not a plain path below the root such as shared/data");
      }
    }
    if (OURS.contains(path.split("/", 2)[0])) {
      throw refusal(deployable, path, "is kept by deploy itself; name what is under shared/");
    }
  }

  private static CarillonException refusal(String deployable, String path, String why) {
    return new CarillonException(
        ExitCode.USAGE, deployable + ": backup.paths: '" + path + "' " + why + ".");
  }

  /**
   * Everything that a backup covers.
   *
   * @param version in use; empty if none is
   */
  List<String> items(Optional<String> version) {
    List<String> items = new ArrayList<>(paths);
    version.ifPresent(id -> items.add(RELEASES + id));
    items.add(CURRENT);
    return items;
  }
}
