package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each check that one host has, through the verdicts that a real service on this machine can bring
 * about; {@link ValidateInLabIT} does the same for what takes several hosts. What no service can
 * bring about, such as a busy processor or a /proc that cannot be read, the tests of the checks
 * themselves have.
 */
class ValidateVerdictsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Answers, unless a file beside it says that it shall do so less well. */
  private static final String SERVE =
      """
      #!/usr/bin/env python3
      import http.server, os, sys
      port, folder = int(sys.argv[1]), sys.argv[2]
      kept, asked = [], 0

      class Answers(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              global asked
              # The first question after it has become unwell is answered, and then not each fourth.
              asked = asked + 1 if os.path.exists(folder + "/unwell") else 0
              if os.path.exists(folder + "/leak"):
                  kept.append(open(os.devnull))
              self.send_response(503 if asked and asked % 4 == 0 else 200)
              self.send_header("Content-Length", "0")
              self.end_headers()

          def log_message(self, form, *words):
              pass

      http.server.HTTPServer(("127.0.0.1", port), Answers).serve_forever()
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void releaseTheService() throws IOException {
    int port = FreePort.next();
    Path serve = Files.createDirectory(folder.resolve("build")).resolve("serve");
    Files.writeString(serve, SERVE);
    assertThat(serve.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("there"), "");
    Files.writeString(
        folder.resolve("web.yaml"),
        """
        name: web
        hosts: n1
        host: local
        root: "%1$s/%%h"
        release: {files: build}
        rollout: {soak: 0s}
        service:
          start: [./serve, "%2$d", "%1$s"]
          health: {http: "http://127.0.0.1:%2$d/", window: 20s, interval: 100ms}
        validate:
          tests: [{name: there, command: [test, -e, "%1$s/there"]}]
          patterns: [{name: errors, regex: ERROR}]
          ports: [%2$d]
          limits: {memory_percent: 100, disk_percent: 100, cpu_percent: 100, open_files: 900}
        """
            .formatted(folder, port));
    Program.Result released =
        Program.named("deploy").with("release", folder.resolve("web.yaml"), "--yes").run();
    assertThat(released.exitCode()).as(released.out() + released.err()).isZero();
  }

  @AfterAll
  static void endTheService() {
    sh("read -r pid rest <n1/run/service.pid && kill -KILL \"-$pid\"");
  }

  private static String sh(String text) {
    return Program.of("sh").with("-c", text).in(folder).run().out().strip();
  }

  private static Program validate(Object... arguments) {
    return Program.named("validate").with(folder.resolve("web.yaml")).with(arguments);
  }

  /** The verdicts by check, as {@code --json} tells them. */
  private static Map<String, String> verdicts(int exitCode, Object... arguments)
      throws IOException {
    Program.Result result = validate("--json", "--no-report").with(arguments).run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode check : new ObjectMapper().readTree(result.out()).at("/hosts/0/checks")) {
      verdicts.put(check.path("check").asText(), check.path("verdict").asText());
      if (!check.path("verdict").asText().equals("pass")) {
        assertThat(check.path("fix").asText()).as(check.toString()).isNotBlank();
      }
    }
    return verdicts;
  }

  private static void nagiosSays(int exitCode, String state, Object... arguments) {
    Program.Result result = validate("--nagios").with(arguments).run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    assertThat(result.out()).startsWith("web " + state + " - ");
  }

  @Test
  void whatIsWellPasses() throws IOException {
    assertThat(verdicts(0, "--set", "validate.limits.response_p99=1h"))
        .containsEntry("reachable", "pass")
        .containsEntry("health", "pass")
        .containsEntry("response", "pass")
        .containsEntry("versions", "pass")
        .containsEntry("tests", "pass")
        .containsEntry("patterns", "pass")
        .containsEntry("open_files", "pass")
        .containsEntry("ports", "pass")
        .containsEntry("clocks", "pass")
        .containsOnlyKeys(
            "reachable",
            "health",
            "response",
            "versions",
            "tests",
            "patterns",
            "cpu",
            "memory",
            "disk",
            "open_files",
            "ports",
            "clocks")
        .doesNotContainValue("fail")
        .doesNotContainValue("unknown");
    nagiosSays(0, "OK", "--check", "health,ports");
  }

  @Test
  void whatIsBeyondItsLimitFails() throws IOException {
    sh("rm there; echo ERROR one >>n1/run/service.log");
    try {
      assertThat(
              verdicts(
                  1,
                  "--set",
                  "validate.limits.response_p99=1ns",
                  "--set",
                  "validate.limits.cpu_percent=0",
                  "--set",
                  "validate.limits.memory_percent=0",
                  "--set",
                  "validate.limits.disk_percent=0",
                  "--set",
                  "validate.limits.open_files=1",
                  "--set",
                  "validate.ports=[1]"))
          .isEqualTo(
              new TreeMap<>(
                  Map.ofEntries(
                      Map.entry("reachable", "pass"),
                      Map.entry("health", "pass"),
                      Map.entry("response", "fail"),
                      Map.entry("versions", "pass"),
                      Map.entry("tests", "fail"),
                      Map.entry("patterns", "fail"),
                      Map.entry("cpu", "fail"),
                      Map.entry("memory", "fail"),
                      Map.entry("disk", "fail"),
                      Map.entry("open_files", "fail"),
                      Map.entry("ports", "fail"),
                      Map.entry("clocks", "pass"))));
      nagiosSays(2, "CRITICAL", "--check", "tests,patterns");
    } finally {
      sh("touch there; : >n1/run/service.log");
    }
  }

  @Test
  void whatIsNearItsLimitOrNotAlwaysWellWarns() throws IOException {
    int open =
        Integer.parseInt(sh("read -r pid rest <n1/run/service.pid; ls /proc/$pid/fd | wc -l"));
    sh("touch unwell");
    try {
      assertThat(
              verdicts(
                  0,
                  "--check",
                  "health,response,open_files",
                  "--set",
                  "validate.limits.open_files=" + open))
          .containsEntry("health", "warn")
          .containsEntry("open_files", "warn");
    } finally {
      sh("rm unwell");
    }
    nagiosSays(
        1, "WARNING", "--check", "open_files", "--set", "validate.limits.open_files=" + open);
  }

  @Test
  void aLeakWarnsBeforeItsLimitIsReached() {
    sh("touch leak");
    try (Program.Running running =
        validate("--continuous", "1s", "--check", "response,open_files", "--no-report").start()) {
      Program.await(
          "the leak is told",
          PATIENCE,
          () ->
              running.out().contains("open_files: pass → warn: ")
                  && running.out().contains("which reaches the limit in "));
      running.signal("INT");
      running.await(PATIENCE);
    } finally {
      sh("rm leak reports/validate-web.json"); // else the others would be told of it, too
    }
  }

  @Test
  void whatCannotBeLookedAtIsUnknownAndNoPass() throws IOException {
    Object[] wanted = {
      "--check", "health,response,open_files,patterns",
      "--set", "validate.logs=[nosuch.log]"
    };
    sh("mv n1/run/service.pid kept.pid");
    try {
      assertThat(verdicts(1, wanted))
          .containsEntry("health", "fail")
          .containsEntry("response", "unknown")
          .containsEntry("open_files", "unknown")
          .containsEntry("patterns", "unknown");
    } finally {
      sh("mv kept.pid n1/run/service.pid");
    }
    nagiosSays(3, "UNKNOWN", "--check", "patterns", "--set", "validate.logs=[nosuch.log]");
  }
}
