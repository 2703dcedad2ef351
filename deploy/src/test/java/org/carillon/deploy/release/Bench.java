package org.carillon.deploy.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.LockPolicy;
import org.carillon.deploy.validate.ReleaseProof;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;

/** A service of shell scripts on hosts that are all this machine. */
final class Bench {

  static final String GOOD = "touch up\nwhile :; do sleep 0.05; done\n";

  private static final String YAML =
      """
      name: echo
      hosts: "a,b"
      host: local
      root: "%s/hosts/%%h"
      release: {files: build, shared: [data], keep: 2}
      service:
        start: [bin/serve]
        stop: {deadline: 2s}
        health: {command: [test, -f, up], window: 30s, interval: 50ms}
      backup: {paths: [shared/data]}
      rollout: {soak: 100ms}
      validate:
        tests: [{name: answers, command: [bin/test], deadline: 5s}]
        patterns: [{name: errors, regex: ERROR}]
      """;

  final Path folder;
  private final Path file;

  Bench(Path folder) {
    this.folder = folder;
    this.file = write("echo.yaml", YAML.formatted(folder), false);
    write("build/bin/test", "#!/bin/sh\n[ -f up ]\n", true);
    write("build/etc/settings", "a=1\n", false);
    serve(GOOD);
  }

  /** Another one, with what the hosts of this one have. */
  Bench copy(Path to) throws IOException {
    Bench bench = new Bench(to);
    try (Stream<Path> all = Files.walk(folder.resolve("hosts"))) {
      for (Path path : all.toList()) {
        Files.copy(
            path,
            to.resolve(folder.relativize(path)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
    return bench;
  }

  Path write(String name, String text, boolean executable) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
      String mode = executable ? "rwxr-xr-x" : "rw-r--r--";
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the service does from the next release on. */
  void serve(String script) {
    write("build/bin/serve", "#!/bin/sh\n" + script, true);
  }

  Path file() {
    return file;
  }

  DeployableLoader.Loaded load(String... settings) {
    return DeployableLoader.load(file, List.of(settings), folder);
  }

  ReleaseAction.Result run(ReleaseAction.Kind kind, String... settings) {
    return run(kind, new Cancellation(), it -> it, settings);
  }

  /** A release that somebody stops while it is validated. */
  ReleaseAction.Result stoppedAtTheProof() {
    Cancellation cancellation = new Cancellation();
    return run(
        ReleaseAction.Kind.RELEASE,
        cancellation,
        real ->
            new Proof() {
              @Override
              public void before(Fleet hosts) {
                real.before(hosts);
              }

              @Override
              public Map<String, String> complaints(Fleet hosts, String id) {
                cancellation.request();
                return real.complaints(hosts, id);
              }
            });
  }

  private ReleaseAction.Result run(
      ReleaseAction.Kind kind,
      Cancellation cancellation,
      UnaryOperator<Proof> proof,
      String... settings) {
    DeployableLoader.Loaded loaded = load(settings);
    SystemClock clock = new SystemClock();
    try (Fleet fleet = Fleet.of(loaded.deployable(), Optional.empty())) {
      return ReleaseAction.run(
          new ReleaseAction.Request(
              kind,
              loaded,
              fleet,
              List.of("deploy", "release"),
              LockPolicy.REFUSE,
              Optional.of(proof.apply(new ReleaseProof(clock, cancellation)))),
          clock,
          cancellation);
    }
  }

  /** On hosts that are not what they seem. */
  ReleaseAction.Result run(
      ReleaseAction.Kind kind,
      Map<String, ? extends Host> hosts,
      Optional<Proof> proof,
      String... settings) {
    DeployableLoader.Loaded loaded = load(settings);
    try (Fleet fleet = Fleet.over(loaded.deployable(), hosts)) {
      return ReleaseAction.run(
          new ReleaseAction.Request(
              kind,
              loaded,
              fleet,
              List.of("deploy", "release"),
              new LockPolicy(Duration.ZERO, true),
              proof),
          new SystemClock(),
          new Cancellation());
    }
  }

  Host host(String name) {
    return new LocalHost(name);
  }

  /** One to which there is no way. */
  Host away(String name) {
    return new ForwardingHost(host(name)) {
      @Override
      public CommandResult run(Command command) {
        throw new HostException(HostException.Kind.UNREACHABLE, name(), "no route");
      }
    };
  }

  Path root(String host) {
    return folder.resolve("hosts").resolve(host);
  }

  NodeRelease releases() {
    return new NodeRelease(load().deployable());
  }

  /** The name, mode and content of everything below the release in use. */
  Map<String, String> inUse(String host) {
    Map<String, String> found = new TreeMap<>();
    try {
      Path current = root(host).resolve("current").toRealPath();
      try (Stream<Path> paths = Files.walk(current)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          found.put(
              current.relativize(path).toString(),
              Files.getPosixFilePermissions(path) + Files.readString(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.keySet().removeIf(name -> name.equals(".state") || name.equals("up"));
    return found;
  }

  void stopAll() {
    for (String host : List.of("a", "b", "c", "d")) {
      if (Files.exists(root(host).resolve("run"))) {
        releases().stop(host(host));
      }
    }
  }
}
