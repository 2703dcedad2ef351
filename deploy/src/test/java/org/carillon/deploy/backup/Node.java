package org.carillon.deploy.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.records.ActionKind;
import org.carillon.ssh.Command;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;

/** A host of this machine with a deployable on it, and its backups. */
final class Node {
  static final Duration DEADLINE = Duration.ofSeconds(60);

  final Path root;
  final Host host = new LocalHost("here");

  Node(Path root) {
    this.root = root;
  }

  Backups backups(String... paths) {
    return backups(Duration.ofDays(30), 10, paths);
  }

  Backups backups(Duration retention, int keep, String... paths) {
    return new Backups(
        new BackupPlan(
            "echo",
            name -> root.toString(),
            List.of(paths),
            retention,
            keep,
            Optional.of("name: echo\n")),
        new SystemClock());
  }

  static BackupId id(int number) {
    return new BackupId("2026-11-22T10-15-%02dZ-0000".formatted(number));
  }

  static BackupReason before(ActionKind kind) {
    return new BackupReason(kind, "alice on tower", "before a test");
  }

  BackupHeader take(int number, String... paths) {
    return backups(paths).take(host, id(number), before(ActionKind.RELEASE));
  }

  /** Puts a release there and lets it be in use. */
  void release(String id, String state, String content) {
    write("releases/" + id + "/bin/echo", content);
    mode("releases/" + id + "/bin/echo", "rwxr-x---");
    String number = id.replaceAll("\\D", ""); // a later release has a later time
    write("releases/" + id + "/.state", "staged %s1\n%s %s2\n".formatted(number, state, number));
    use(id);
  }

  void use(String id) {
    try {
      Files.deleteIfExists(root.resolve("current"));
      Files.createSymbolicLink(root.resolve("current"), Path.of("releases", id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String content) {
    try {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mode(String name, String permissions) {
    try {
      Files.setPosixFilePermissions(
          root.resolve(name), PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script in the root folder. */
  String sh(String text) {
    return host.run(
            Command.script("set -e; cd " + "'" + root + "'\n" + text, DEADLINE).labelled("test"))
        .out();
  }

  /** Everything below the root but the backups: modes, contents and links. */
  String picture() {
    return sh(
        "find . -path ./backups -prune -o -type l -printf '%p -> %l\\n'"
            + " -o -printf '%m %p\\n' | sort; find . -path ./backups -prune -o -type f -exec"
            + " sha256sum {} + | sort");
  }

  /** What lies in the root folder that is neither part of the deployable nor of a backup. */
  List<String> litter() {
    try (Stream<Path> files =
        Stream.concat(Files.list(root), Files.list(root.resolve("backups")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path backup(int number) {
    return root.resolve("backups").resolve(id(number).text());
  }

  /** Names and modes of a backup's own folder. */
  TreeMap<String, String> modes(int number) {
    TreeMap<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.list(backup(number))) {
      for (Path file : files.toList()) {
        modes.put(
            file.getFileName().toString(),
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return modes;
  }
}
