package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that hold over all modules and that no compiler knows. */
class SourceRulesTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern READS_THE_MACHINES_CLOCK =
      Pattern.compile(
          "System\\.(nanoTime|currentTimeMillis)|Instant\\.now\\(|Thread\\.sleep|parkNanos|ZonedDateTime\\.now\\(|LocalDateTime\\.now\\(");

  /** A library, by its package, and the one module whose main code may name it. */
  private static final Map<String, List<String>> LIBRARY_ROOMS =
      Map.of(
          "com.jcraft.jsch", List.of("ssh"),
          "org.duckdb", List.of("analysis"),
          "org.apache.batik", List.of("analysis"),
          "picocli", List.of("cli"),
          "ch.qos.logback", List.of("cli"),
          "io.grpc", List.of("control"),
          "com.google.protobuf", List.of("control"),
          "org.HdrHistogram", List.of("control"),
          "org.bouncycastle", List.of("control"));

  @Test
  void onlyTheSystemClockReadsTheMachinesClocksOrWaits() {
    assertThat(mainSources())
        .filteredOn(file -> !file.endsWith("core/time/SystemClock.java"))
        .allSatisfy(
            file -> assertThat(content(file)).doesNotContainPattern(READS_THE_MACHINES_CLOCK));
  }

  @Test
  void everyLibraryIsSeenInItsRoomOnly() {
    LIBRARY_ROOMS.forEach(
        (library, rooms) ->
            assertThat(mainSources())
                .filteredOn(file -> content(file).contains("import " + library + "."))
                .allSatisfy(
                    file ->
                        assertThat(rooms)
                            .contains(CHECKOUT.relativize(file).getName(0).toString())));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertThat(mainSources())
        .extracting(Path::getParent)
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  private static List<Path> mainSources() {
    try (Stream<Path> modules = Files.list(CHECKOUT)) {
      List<Path> files =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .flatMap(SourceRulesTest::javaFiles)
              .toList();
      assertThat(files).hasSizeGreaterThan(20);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
