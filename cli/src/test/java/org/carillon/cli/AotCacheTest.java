package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AotCacheTest {

  private static final List<String> WORDS =
      List.of(
          "/h/runtime/bin/java",
          "-XX:AOTCache=/h/lib/node.aot",
          "-Xlog:disable",
          "-XX:+UseSerialGC",
          "-XX:AOTCache=/tmp/other.aot",
          "-Xlog:gc",
          "-cp",
          "/h/lib/a.jar:/h/lib/b.jar",
          "org.carillon.cli.WorkerCommand",
          "--node-id",
          "-cp");

  @Test
  void theLastCacheNamedIsTheOneThatCounts() {
    assertThat(AotCache.file(WORDS)).contains(Path.of("/tmp/other.aot"));
    assertThat(AotCache.file(List.of("java", "Main"))).isEmpty();
  }

  @Test
  void javaIsAskedWithTheSameFlagsAndClassPathButNotForTheProgram() {
    assertThat(AotCache.question(WORDS))
        .containsExactly(
            "/h/runtime/bin/java",
            "-XX:AOTCache=/h/lib/node.aot",
            "-XX:+UseSerialGC",
            "-XX:AOTCache=/tmp/other.aot",
            "-cp",
            "/h/lib/a.jar:/h/lib/b.jar",
            "-Xlog:disable",
            "-Xlog:aot*=warning:stdout:none",
            "-version");
  }

  @Test
  void aProcessWithoutACacheSaysSo() {
    assertThat(AotCache.state()).isEqualTo("no ahead-of-time cache was asked for");
  }
}
