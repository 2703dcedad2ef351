package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
  @TempDir Path folder;

  private static byte[] key(int last) {
    byte[] key =
        Base64.getDecoder()
            .decode("AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    key[key.length - 1] = (byte) last;
    return key;
  }

  private static String text(int last) {
    return "ssh-ed25519 " + Base64.getEncoder().encodeToString(key(last));
  }

  private List<KnownHosts.Entry> entries(String knownAs, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve("known"), String.join("\n", lines));
    return KnownHosts.entries(List.of(folder.resolve("absent"), file), knownAs);
  }

  @Test
  void areFoundByNamePatternAndPort() throws IOException {
    String[] lines = {
      "# comment",
      "node7,10.0.0.7 " + text(1) + " a comment",
      "*.cluster,!bad.cluster " + text(2),
      "[node7]:2222 " + text(3),
      "\t@revoked  * \t" + text(4),
      "@cert-authority * " + text(5)
    };
    assertThat(entries("node7", lines)).extracting(KnownHosts.Entry::line).containsExactly(2, 5, 6);
    assertThat(entries("10.0.0.7", lines))
        .extracting(KnownHosts.Entry::line)
        .containsExactly(2, 5, 6);
    assertThat(entries("a.cluster", lines))
        .extracting(KnownHosts.Entry::line)
        .containsExactly(3, 5, 6);
    assertThat(entries("bad.cluster", lines))
        .extracting(KnownHosts.Entry::line)
        .containsExactly(5, 6);
    assertThat(entries("[node7]:2222", lines))
        .extracting(KnownHosts.Entry::line)
        .containsExactly(4, 5, 6);
    assertThat(entries("node7", lines).getFirst().isFor(key(1))).isTrue();
    assertThat(entries("node7", lines))
        .extracting(KnownHosts.Entry::marker)
        .containsExactly(
            KnownHosts.Marker.KEY, KnownHosts.Marker.REVOKED, KnownHosts.Marker.AUTHORITY);
  }

  @Test
  void areWrittenSoThatOpenSshFindsThem() throws IOException {
    Path file = folder.resolve("new/known");
    KnownHosts.add(file, "[node7]:2222", false, "ssh-ed25519", key(1));
    KnownHosts.add(file, "node8", true, "ssh-ed25519", key(2));
    KnownHosts.add(file, "node8", true, "ssh-ed25519", key(2));
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(SshdFixture.run("ssh-keygen", "-F", "[node7]:2222", "-f", file.toString()))
        .contains("found: line 1")
        .contains(text(1));
    assertThat(SshdFixture.run("ssh-keygen", "-F", "node8", "-f", file.toString()))
        .contains("found: line 2")
        .contains(text(2));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(KnownHosts.entries(List.of(file), "node8")).hasSize(1);
  }

  @Test
  void areReadAnewWhenTheFileHasChangedInAnyWay() throws IOException {
    assertThat(entries("node7", "node7 " + text(1)).getFirst().isFor(key(1))).isTrue();
    Path file = folder.resolve("known");

    Files.writeString(file, "node7 " + text(2)); // in place, as long as before
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(known(file).getFirst().isFor(key(2))).isTrue();

    Files.writeString(file, "node7 " + text(3) + "\n" + "node7 " + text(2));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000)); // by size alone
    assertThat(known(file)).hasSize(2);

    Path other =
        Files.writeString(folder.resolve("other"), Files.readString(file).replace('7', '8'));
    Files.setLastModifiedTime(other, FileTime.fromMillis(1_000)); // by being another file
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(known(file)).isEmpty();

    Files.delete(file);
    assertThat(known(file)).isEmpty();
    KnownHosts.add(file, "node7", false, "ssh-ed25519", key(4));
    assertThat(known(file).getFirst().isFor(key(4))).isTrue();
  }

  private static List<KnownHosts.Entry> known(Path file) throws IOException {
    return KnownHosts.entries(List.of(file), "node7");
  }

  @Test
  void areAppendedToALineThatHasNoEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("known"), "node7 " + text(1));
    KnownHosts.add(file, "node8", false, "ssh-ed25519", key(2));
    assertThat(Files.readAllLines(file)).containsExactly("node7 " + text(1), "node8 " + text(2));
  }

  @Test
  void areAllWrittenWhenManyAreMetAtOnce() throws IOException {
    Path file = folder.resolve("known");
    CompletableFuture.allOf(
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        CompletableFuture.runAsync(
                            () -> {
                              try {
                                KnownHosts.add(file, "node" + i, false, "ssh-ed25519", key(i));
                              } catch (IOException e) {
                                throw new AssertionError(e);
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).mapToObj(i -> "node" + i + " " + text(i)).toList());
  }

  @Property(tries = 300)
  void survivesLinesOfAnyBytes(@ForAll byte[] bytes) throws IOException {
    Path file = Files.createTempFile("known", "hosts");
    try {
      Files.write(file, bytes);
      Files.writeString(
          file,
          "\n|1|!!|?? "
              + text(1)
              + "\n|1|| x y\n@revoked\nnode7 ssh-ed25519 ====\nnode7 "
              + text(2)
              + "\n",
          StandardCharsets.US_ASCII,
          java.nio.file.StandardOpenOption.APPEND);
      assertThat(KnownHosts.entries(List.of(file), "node7")).anyMatch(entry -> entry.isFor(key(2)));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void keysHaveTheTypeAndFingerprintThatOpenSshShows() throws IOException {
    Path file = Files.writeString(folder.resolve("key.pub"), text(7) + "\n");
    assertThat(SshdFixture.run("ssh-keygen", "-lf", file.toString()))
        .contains(HostKeyCheck.fingerprint(key(7)));
    assertThat(HostKeyCheck.type(key(7))).isEqualTo("ssh-ed25519");
    assertThat(HostKeyCheck.type(new byte[] {0, 0, 1})).isEqualTo("malformed");
    assertThat(HostKeyCheck.type(new byte[] {127, 0, 0, 0, 1})).isEqualTo("malformed");
  }
}
