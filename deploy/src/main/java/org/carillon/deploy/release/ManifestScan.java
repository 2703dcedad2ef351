package org.carillon.deploy.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.Sha256;

/** Reads the folder that becomes a release, and refuses what cannot be one. */
final class ManifestScan extends SimpleFileVisitor<Path> {

  /** Names at the top that belong to the store itself. */
  private static final Set<String> RESERVED = Set.of(".state", ".manifest", ".shared");

  private static final int SHOWN_MAX = 10;

  private final Path folder;
  private final Set<String> shared;
  private final Map<String, Manifest.Entry> entries = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private ManifestScan(Path folder, List<String> shared) {
    this.folder = folder;
    this.shared = Set.copyOf(shared);
  }

  /**
   * What was found.
   *
   * @param files where each file of the manifest is, by its path there
   */
  record Found(Manifest manifest, Map<String, Path> files) {}

  /**
   * Reads a folder.
   *
   * @param shared names at the top that are links in every release
   * @throws CarillonException USAGE that names everything that cannot be released
   */
  static Found of(Path folder, List<String> shared) {
    if (!Files.isDirectory(folder)) {
      throw new CarillonException(
          ExitCode.USAGE,
          "release.files: there is no folder " + folder + "; build what shall be released first.");
    }
    ManifestScan scan = new ManifestScan(folder.toAbsolutePath().normalize(), shared);
    try {
      Files.walkFileTree(scan.folder, scan);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the release in " + folder + ": " + e.getMessage() + ".", e);
    }
    if (!scan.faults.isEmpty()) {
      int left = scan.faults.size() - SHOWN_MAX;
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot release "
              + folder
              + ": "
              + String.join("; ", scan.faults.subList(0, Math.min(SHOWN_MAX, scan.faults.size())))
              + (left > 0 ? "; and " + left + " more" : "")
              + ".");
    }
    if (scan.files.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE, "there is no file in " + folder + ", so there is nothing to release.");
    }
    return new Found(new Manifest(scan.entries), Map.copyOf(scan.files));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
    if (!path.equals(folder)) {
      add(path, new Manifest.Folder());
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
    String name = ByteText.below(folder, path);
    if (attributes.isSymbolicLink()) {
      String target = ByteText.ofTarget(Files.readSymbolicLink(path));
      if (staysInside(name, target)) {
        add(path, new Manifest.Link(target));
      } else {
        fault(name, "is a link to " + ByteText.shown(target) + ", which may lead outside");
      }
    } else if (attributes.isRegularFile()) {
      boolean executable =
          Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
      add(path, new Manifest.Content(executable, attributes.size(), Sha256.hexOf(path)));
      files.put(name, path);
    } else {
      fault(name, "is neither a file nor a folder nor a link");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException failure) {
    fault(ByteText.below(folder, path), "cannot be read");
    return FileVisitResult.CONTINUE;
  }

  private void add(Path path, Manifest.Entry entry) {
    String name = ByteText.below(folder, path);
    if (RESERVED.contains(name) || name.startsWith(".state.new-")) {
      fault(name, "has a name that the store of releases needs itself");
    } else if (shared.contains(name)) {
      fault(name, "is in the release and in release.shared: take it out of one of them");
    } else {
      entries.put(name, entry);
    }
  }

  private void fault(String name, String complaint) {
    faults.add(ByteText.shown(name) + " " + complaint);
  }

  /**
   * Whether a link cannot lead out of the release, whatever other links there are: it goes up only
   * at its beginning, from folders that are none, and not above the release.
   */
  static boolean staysInside(String name, String target) {
    if (target.isEmpty() || target.startsWith("/")) {
      return false;
    }
    long depth = name.chars().filter(c -> c == '/').count();
    boolean down = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
        if (down || depth < 0) {
          return false;
        }
      } else if (!part.equals(".") && !part.isEmpty()) {
        down = true;
      }
    }
    return true;
  }
}
