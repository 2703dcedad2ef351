package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.core.LongEnough;
import org.carillon.core.run.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every host does, whichever way one gets to it. The host shares this filesystem. */
abstract class HostContract {
  static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;

  abstract Host host();

  private CommandResult sh(String text) {
    return host().run(Command.script(text, DEADLINE));
  }

  static HostException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    HostException failure = catchThrowableOfType(HostException.class, call);
    assertThat(failure).as("nothing was thrown").isNotNull();
    return failure;
  }

  @Test
  void answersWithBothStreamsAndTheExitCode() {
    assertThat(sh("echo out; echo err >&2; exit 3"))
        .isEqualTo(new CommandResult(3, "out\n", "err\n"));
  }

  @Test
  void passesArgumentsOnAsTheyStand() {
    List<String> words = List.of("a b", "$HOME", "'", "\"", "\\", "*", "line\nline", "ü→", "!", "");
    assertThat(
            host()
                .run(
                    Command.of(
                        Stream.concat(Stream.of("printf", "<%s>"), words.stream()).toList(),
                        DEADLINE))
                .out())
        .isEqualTo(String.join("", words.stream().map(word -> "<" + word + ">").toList()));
  }

  @Test
  void runsInTheHomeFolderWithoutATerminal() {
    assertThat(sh("[ \"$PWD\" -ef \"$HOME\" ] || echo \"in $PWD\"; tty; cat").out())
        .isEqualTo("not a tty\n");
  }

  @Test
  void givesTheCommandItsInputToTheLastByteAndThenTheEnd() {
    byte[] input = new byte[300_000];
    new Random(1).nextBytes(input);
    assertThat(host().run(Command.of(List.of("sha256sum"), DEADLINE).withInput(input)).text())
        .startsWith(HexFormat.of().formatHex(Sha256.digest().digest(input)));
  }

  @Test
  void isNotDisturbedByACommandThatReadsNothingOfItsInput() {
    assertThat(
            host().run(Command.script("exit 4", DEADLINE).withInput(new byte[1 << 20])).exitCode())
        .isEqualTo(4);
  }

  @Test
  void takesAScriptLongerThanAnArgumentMayBe() {
    String comment = "# " + "x".repeat(78) + "\n";
    assertThat(sh(comment.repeat(2_000) + "echo end").out()).isEqualTo("end\n");
  }

  @Test
  void readsTwoMegabytesOnBothStreamsAtOnce() {
    CommandResult result =
        sh(
            "for i in 1 2; do head -c 1000000 /dev/zero | tr '\\0' a; head -c 1000000 /dev/zero |"
                + " tr '\\0' b >&2; done");
    assertThat(result.out()).hasSize(2_000_000).containsOnlyOnce("a".repeat(2_000_000));
    assertThat(result.err()).hasSize(2_000_000).containsOnlyOnce("b".repeat(2_000_000));
  }

  @Test
  void replacesWhatIsNoUtf8() {
    assertThat(sh("printf 'a\\377b'").out()).isEqualTo("a\uFFFDb");
  }

  @Test
  void reportsACommandEndedByASignalAsTheShellDoes() {
    assertThat(sh("sh -c 'kill -KILL $$'").exitCode()).isEqualTo(137);
  }

  @Test
  void killsACommandThatPassesItsDeadlineWithAllOfItsProcessGroup() {
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM; echo $$ > %1$s; sleep 600 & echo $! >> %1$s; wait; sleep 600"
            .formatted(pids);
    HostException failure =
        LongEnough.deadline(
            deadline -> failure(() -> host().run(Command.script(script, deadline))),
            it -> Files.exists(pids) && lines(pids).size() == 2);
    assertThat(failure.kind()).isEqualTo(HostException.Kind.TIMEOUT);
    assertThat(failure)
        .hasMessageStartingWith(host().name() + ": `trap")
        .hasMessageMatching(".* did not end within \\d+m?s and was killed");
    List<Long> numbers = lines(pids).stream().map(Long::valueOf).toList();
    Await.until("both processes have ended", () -> numbers.stream().noneMatch(Processes::lives));
  }

  @Test
  void killsACommandThatFallsSilent() {
    HostException failure =
        failure(
            () ->
                host()
                    .run(
                        Command.script("echo first; exec sleep 600", DEADLINE)
                            .withSilence(Duration.ofMillis(500))));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.TIMEOUT);
    assertThat(failure).hasMessageContaining("wrote nothing for 500ms");
  }

  @Test
  void refusesEndlessOutputInsteadOfKeepingIt() {
    HostException failure = failure(() -> host().run(Command.script("yes", DEADLINE)));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.TOO_MUCH_OUTPUT);
    assertThat(failure).hasMessageContaining("`yes` wrote more than 16 MiB and was killed");
  }

  @Test
  void saysSoWhenSomethingLeftBehindHoldsTheOutputOpen() {
    Path pids = folder.resolve("pids");
    String script = "setsid sleep 600 & echo $! >> " + pids;
    HostException failure =
        LongEnough.deadline(
            deadline -> failure(() -> host().run(Command.script(script, deadline))),
            it -> !it.getMessage().contains("did not end"));
    lines(pids).forEach(pid -> Processes.kill(Long.parseLong(pid)));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.TIMEOUT);
    assertThat(failure).hasMessageContaining("held its output open");
  }

  @Test
  void runsManyCommandsAtOnce() {
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> sh("echo " + i).text(), task -> Thread.ofVirtual().start(task)))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join))
        .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(String::valueOf).toList());
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    Thread.currentThread().interrupt();
    HostException failure = failure(() -> sh("sleep 600"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(HostException.Kind.INTERRUPTED);
  }

  @Test
  void uploadsAFileWholeUnderANewFolderAndReplacesAnOlderOne() throws IOException {
    Path source = random("source", 5_000_000);
    Path target = folder.resolve("new folder/it's/target");
    host().upload(source, target.toString(), DEADLINE);
    assertThat(target).hasSameBinaryContentAs(source);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.getParent())))
        .isEqualTo("rwxr-x---");

    Path newer = random("newer", 10);
    host().upload(newer, target.toString(), DEADLINE);
    assertThat(target).hasSameBinaryContentAs(newer);
    assertThat(names(target.getParent())).containsExactly("target");
  }

  @Test
  void downloadsAFileWholeAndReplacesAnOlderOne() throws IOException {
    Path source = random("source", 5_000_000);
    Path target = folder.resolve("here/target");
    Files.createDirectory(target.getParent());
    Files.writeString(target, "old");
    host().download(source.toString(), target, DEADLINE);
    assertThat(target).hasSameBinaryContentAs(source);
    assertThat(names(target.getParent())).containsExactly("target");
  }

  @Test
  void copiesAnEmptyFileToo() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    host().upload(empty, folder.resolve("up").toString(), DEADLINE);
    host().download(folder.resolve("up").toString(), folder.resolve("down"), DEADLINE);
    assertThat(folder.resolve("down")).isEmptyFile();
  }

  @Test
  void namesTheFileThatCannotBeCopied() throws IOException {
    String missing = folder.resolve("missing").toString();
    HostException download =
        failure(() -> host().download(missing, folder.resolve("down"), DEADLINE));
    assertThat(download.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(download).hasMessageStartingWith(host().name() + ": ").hasMessageContaining(missing);
    assertThat(names(folder)).isEmpty();

    Path source = random("source", 10);
    HostException upload = failure(() -> host().upload(source, source + "/below-a-file", DEADLINE));
    assertThat(upload.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(upload).hasMessageContaining("below-a-file");

    HostException noSource =
        failure(() -> host().upload(Path.of(missing), folder + "/up", DEADLINE));
    assertThat(noSource.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(noSource).hasMessageContaining(missing);
    assertThat(names(folder)).containsExactly("source");
  }

  @Test
  void doesNotReplaceAFolderByAFile() throws IOException {
    Path source = random("source", 10);
    Path taken = Files.createDirectories(folder.resolve("taken/by/folders")).getParent();
    assertThat(failure(() -> host().upload(source, taken.toString(), DEADLINE)).kind())
        .isEqualTo(HostException.Kind.REFUSED);
    assertThat(names(taken.getParent())).containsExactly("by");
  }

  @Test
  void listsAFolderSortedByName() throws IOException {
    Files.writeString(folder.resolve("b c"), "12345");
    Files.createDirectory(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("c"), Path.of("a"));
    List<RemoteFile> files = host().list(folder.toString(), DEADLINE);
    assertThat(files).extracting(RemoteFile::name).containsExactly("a", "b c", "c");
    assertThat(files)
        .extracting(RemoteFile::kind)
        .containsExactly(RemoteFile.Kind.FOLDER, RemoteFile.Kind.FILE, RemoteFile.Kind.LINK);
    assertThat(files.get(1).sizeBytes()).isEqualTo(5);
    assertThat(files.get(1).modifiedEpochSeconds())
        .isEqualTo(Files.getLastModifiedTime(folder.resolve("b c")).toMillis() / 1_000);
  }

  @Test
  void namesTheFolderThatCannotBeListed() {
    String missing = folder.resolve("missing").toString();
    HostException failure = failure(() -> host().list(missing, DEADLINE));
    assertThat(failure.kind()).isEqualTo(HostException.Kind.REFUSED);
    assertThat(failure).hasMessageContaining(missing);
  }

  @Test
  void refusesATildeThatNoShellWouldExpand() {
    assertThatThrownBy(() -> host().list("~/runs", DEADLINE))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("begins with ~");
  }

  Path random(String name, int sizeBytes) throws IOException {
    byte[] content = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(content);
    return Files.write(folder.resolve(name), content);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
