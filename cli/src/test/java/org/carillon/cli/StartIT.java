package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.carillon.core.ExitCode;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start takes: the ahead-of-time cache, and no class that is not needed. */
class StartIT {

  /**
   * A timeout if a lifetime is over before the work has begun; nobody receives what is sent, nor
   * answers.
   */
  private static final List<Integer> ENDS_BY_ITSELF =
      List.of(
          ExitCode.SUCCESS.code(),
          ExitCode.TIMEOUT.code(),
          ExitCode.ALL_FAILED.code(),
          ExitCode.CONNECTION.code());

  @TempDir private Path folder;

  @Test
  void atDebugTheLogSaysThatTheCacheIsInUse() {
    Program.Result result = briefWorker("DEBUG", "");
    assertThat(result.err())
        .contains(
            "the ahead-of-time cache " + Program.home().resolve("lib/node.aot") + " is in use");
  }

  @Test
  void atInfoTheLogDoesNotSpeakOfTheCache() {
    assertThat(briefWorker("INFO", "").err()).doesNotContain("ahead-of-time");
  }

  @Test
  void aMissingCacheIsNamedAtDebugAndTheProgramRunsWithoutIt() {
    Path missing = folder.resolve("missing.aot");
    assertThat(briefWorker("DEBUG", "-XX:AOTCache=" + missing).err())
        .contains(
            "the ahead-of-time cache "
                + missing
                + " is not used, the start takes longer: there is no such file");
  }

  @Test
  void aCacheCutOffIsRefusedAtDebugInJavasWords() throws IOException {
    Path cut = copyOfCache();
    try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    assertRefused(cut, "The AOT cache has been truncated.");
  }

  @Test
  void aDamagedCacheIsRefusedAtDebugInJavasWords() throws IOException {
    Path damaged = copyOfCache();
    try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(64), 0);
    }
    assertRefused(damaged, "bad magic number");
  }

  @Test
  void aCacheMadeByAnotherRuntimeIsRefusedAtDebugInJavasWords() throws IOException {
    assertThat(
            Program.command(
                    "tar",
                    "-C",
                    folder.toString(),
                    "--strip-components=2",
                    "-xzf",
                    DistributionIT.nodeArchive().toString(),
                    "carillon-node-" + Version.number() + "/lib/node.aot")
                .exitCode())
        .isZero();
    assertRefused(folder.resolve("node.aot"), "not the one used while building");
  }

  private void assertRefused(Path cache, String reason) {
    assertThat(briefWorker("DEBUG", "-XX:AOTCache=" + cache).err().lines())
        .filteredOn(line -> line.contains("ahead-of-time cache"))
        .singleElement()
        .asString()
        .contains("DEBUG", cache + " is not used, the start takes longer: ", reason);
  }

  private Path copyOfCache() throws IOException {
    return Files.copy(Program.home().resolve("lib/node.aot"), folder.resolve("copy.aot"));
  }

  /** Has neither events nor a clock's measurements, and ends by itself. */
  private Program.Result briefWorker(String logLevel, String javaOptions) {
    Program.Result result =
        Program.named("worker")
            .with("--node-id", "n1", "--listen-port", "0", "--output", folder.resolve("w.csv"))
            .with("--warmup", "0s", "--max-runtime", "1s", "--log-level", logLevel)
            .env("CARILLON_JAVA_OPTIONS", javaOptions)
            .run();
    assertThat(result.exitCode()).as(result.err()).isIn(ENDS_BY_ITSELF);
    return result;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"worker", "coordinator", "timeserver", "clockcheck", "deploy", "analyze"})
  void aVersionIsToldWithoutCommandLineModelAndLog(String name) throws IOException {
    List<String> classes = loadedBy(Program.named(name).with("--version"));
    assertThat(classes)
        .noneMatch(loaded -> loaded.equals("picocli.CommandLine"))
        .noneMatch(loaded -> loaded.startsWith("ch.qos.logback."));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "deploy, --help",
    "analyze, --help",
    "worker, --help",
    "worker, --node-id n1 --listen-port 0 --output FILE --warmup 0s --max-runtime 1s",
    "coordinator, --workers 127.0.0.1:9999 --num-events 2 --rate 100 --warmup 0s --output FILE",
    "timeserver, --local-stratum 8 --port 0 --max-runtime 1s"
  })
  void nothingIsLoadedThatIsNotNeeded(String name, String arguments) throws IOException {
    String[] words = arguments.replace("FILE", folder.resolve("output.csv").toString()).split(" ");
    assertThat(loadedBy(Program.named(name).with((Object[]) words)))
        .noneMatch(
            loaded ->
                loaded.startsWith("io.grpc.")
                    || loaded.startsWith("com.google.")
                    || loaded.startsWith("okio.")
                    || loaded.startsWith("sun.security.ssl.")
                    || loaded.startsWith("org.duckdb.")
                    || loaded.startsWith("org.knowm.")
                    || loaded.startsWith("com.jcraft.")
                    || loaded.startsWith("java.awt."));
  }

  /** Limits of login nodes, for a user who has no other process; only root can be another user. */
  @Test
  void fourGibibytesOfAddressSpaceAnd64ThreadsAreEnough() throws IOException {
    Program.command(
        "tar", "-C", folder.toString(), "-xzf", DistributionIT.nodeArchive().toString());
    Program.command("chmod", "777", folder.toString());
    Path home = folder.resolve("carillon-node-" + Version.number());
    String limits = "ulimit -v 4194304; ulimit -u 64; exec \"$0\" \"$@\"";
    List<String> asNewUser =
        "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "--")
            : List.of("env");
    for (String arguments :
        List.of(
            "worker --node-id n1 --listen-port 0 --warmup 0s --max-runtime 1s --output "
                + folder.resolve("w.csv"),
            "coordinator --workers 127.0.0.1:9999 --num-events 2 --rate 100 --warmup 0s --output "
                + folder.resolve("c.csv"),
            "timeserver --local-stratum 8 --port 0 --max-runtime 1s",
            "clockcheck --for 1s --server 127.0.0.1:" + FreePort.next())) {
      Program program = Program.of(asNewUser.getFirst());
      asNewUser.stream().skip(1).forEach(program::with);
      program.with("bash", "-c", limits);
      program.with((Object[]) (home.resolve("bin") + "/" + arguments).split(" "));
      Program.Result result = program.run();
      assertThat(result.exitCode()).as(arguments + "\n" + result.err()).isIn(ENDS_BY_ITSELF);
      assertThat(result.err()).doesNotContain("internal error", "memory");
    }
  }

  private List<String> loadedBy(Program program) throws IOException {
    Path log = folder.resolve("classes.log");
    Program.Result result =
        program.env("CARILLON_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + ":none").run();
    assertThat(result.exitCode()).as(result.err()).isIn(ENDS_BY_ITSELF);
    List<String> classes =
        Files.readAllLines(log).stream().map(line -> line.split(" ")[0]).toList();
    assertThat(classes).contains("java.lang.Object");
    return classes;
  }
}
