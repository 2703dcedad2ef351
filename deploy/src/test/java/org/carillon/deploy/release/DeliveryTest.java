package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.Command;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases on their way to a host, through real shells. */
class DeliveryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  @TempDir private Path folder;
  private Bench bench;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void build() {
    bench = new Bench(folder);
  }

  private String deliver(String host, Optional<String> base) {
    try (Parcels parcels = parcels()) {
      String id = parcels.manifest().id("echo");
      delivery(parcels).deliver(bench.host(host), id, base, NOW);
      bench.releases().verify(bench.host(host), id);
      return id;
    }
  }

  private Parcels parcels() {
    return new Parcels(ManifestScan.of(folder.resolve("build"), List.of("data")), folder);
  }

  private Delivery delivery(Parcels parcels) {
    return new Delivery(bench.load().deployable(), parcels, "nonce", new SystemClock(), said::add);
  }

  /** What a shell finds in a folder: kind, mode, content or target, and name, byte for byte. */
  private String listing(Path path) {
    Host host = bench.host("a");
    String script =
        "cd '"
            + path
            + "' && find . \\( -name .state -o -name .manifest -o -path ./data \\) -prune -o -printf"
            + " '%y %l %P\\0' -type f -exec sha256sum -z '{}' \\; | sort -z | od -An -tx1 -v";
    return host.run(Command.script(script, Duration.ofSeconds(20))).out();
  }

  @Test
  void anyByteInANameArrivesAsItWas() throws IOException {
    // Names are drawn as bytes and made by a shell, since Java has no way to say them.
    Random random = new Random(7);
    StringBuilder script = new StringBuilder("cd '" + folder.resolve("build") + "' || exit 1\n");
    TreeSet<String> names = new TreeSet<>(List.of("-rf", "a b", " ", "\\", "'", "\"", "*", "$(x)"));
    for (int i = 1; i < 256; i++) {
      if (i != '/') {
        names.add("x" + (char) i);
      }
    }
    for (int i = 0; i < 40; i++) {
      StringBuilder name = new StringBuilder("r");
      int length = 1 + random.nextInt(i == 0 ? 200 : 30);
      for (int j = 0; j < length; j++) {
        char c = (char) (1 + random.nextInt(255));
        name.append(c == '/' ? 'y' : c);
      }
      names.add(name.toString());
    }
    int number = 0;
    for (String name : names) {
      StringBuilder octal = new StringBuilder();
      name.chars().forEach(c -> octal.append("\\%03o".formatted(c)));
      String quoted = "\"$(printf '" + octal + ".')\"";
      script.append("n=").append(quoted).append("; n=${n%.}\n");
      switch (number++ % 3) {
        case 0 -> script.append("printf %s \"$n\" >\"./$n\"\n");
        case 1 -> script.append("mkdir \"./$n\" && : >\"./$n/$n\"\n");
        default -> script.append("ln -s -- \"bin/$n\" \"./$n\"\n");
      }
    }
    assertThat(bench.host("a").run(Command.script(script.toString(), Duration.ofSeconds(20))).err())
        .isEmpty();

    String id = deliver("a", Optional.empty());
    Path release = bench.root("a").resolve("releases").resolve(id);
    assertThat(listing(release)).isEqualTo(listing(folder.resolve("build"))).isNotEmpty();

    bench.write("build/etc/settings", "a=2\n", false);
    String next = deliver("a", Optional.of(id));
    assertThat(next).isNotEqualTo(id);
    assertThat(listing(bench.root("a").resolve("releases").resolve(next)))
        .isEqualTo(listing(folder.resolve("build")));
    assertThat(said).isEmpty();
  }

  @Test
  void onlyWhatChangedTravels() throws IOException {
    Files.write(folder.resolve("build/big"), new byte[3 << 20]);
    String id = deliver("a", Optional.empty());
    bench.write("build/etc/settings", "a=2\n", false);
    try (Parcels parcels = parcels()) {
      Parcel all = parcels.over(Optional.empty());
      byte[] manifest =
          Files.readAllBytes(bench.root("a").resolve("releases").resolve(id).resolve(".manifest"));
      Parcel changed = parcels.over(Optional.of(Manifest.parse(manifest)));
      assertThat(all.sizeBytes()).isGreaterThan(3 << 20);
      assertThat(changed.sizeBytes()).isLessThan(16 << 10);
      assertThat(changed.changedFiles()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatWasChangedOnTheHostIsSentAgainRatherThanKept() throws IOException {
    String id = deliver("a", Optional.empty());
    Path kept = bench.root("a").resolve("releases").resolve(id).resolve("bin/test");
    Files.writeString(kept, "#!/bin/sh\nexit 0 # bent\n");
    bench.write("build/etc/settings", "a=2\n", false);
    String next = deliver("a", Optional.of(id));
    assertThat(said).singleElement().asString().contains("so all are sent");
    assertThat(bench.root("a").resolve("releases").resolve(next).resolve("bin/test"))
        .hasSameTextualContentAs(folder.resolve("build/bin/test"));
    assertThatThrownBy(() -> bench.releases().verify(bench.host("a"), id))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void anUploadGoesOnWhereItWasCutAndADamagedOneBeginsAgain() throws IOException {
    byte[] big = new byte[3 << 20];
    new Random(7).nextBytes(big);
    Files.write(folder.resolve("build/big"), big);
    try (Parcels parcels = parcels()) {
      Parcel parcel = parcels.over(Optional.empty());
      Path incoming = Files.createDirectories(folder.resolve("hosts/.incoming"));
      Path part = incoming.resolve(parcel.sha256() + ".part");
      Files.write(part, parcel.read(0, 1 << 20));
      String id = parcels.manifest().id("echo");
      Delivery delivery = delivery(parcels);
      assertThat(delivery.deliver(bench.host("a"), id, Optional.empty(), NOW))
          .contains("1048 kB were there");
      // Hosts b and c see the folder that a's upload went to.
      assertThat(delivery.deliver(bench.host("b"), id, Optional.empty(), NOW))
          .isEqualTo("there already");
      delivery.tidy(bench.host("a"));
      assertThat(incoming).isEmptyDirectory();

      Files.write(part, new byte[1 << 20]);
      delivery.deliver(bench.host("c"), id, Optional.empty(), NOW);
      assertThat(said).singleElement().asString().contains("damaged; it is sent again");
      bench.releases().verify(bench.host("c"), id);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, true",
    "a, ../b, false",
    "x/a, ../b, true",
    "x/a, ../../b, false",
    "a, /etc, false",
    "a, x/../b, false",
    "x/a, .., true",
    "a, ., true"
  })
  void linksStayInside(String name, String target, boolean stays) {
    assertThat(ManifestScan.staysInside(name, target)).isEqualTo(stays);
  }

  @Test
  void whatCannotBeReleasedIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("build/out"), Path.of("../../etc/passwd"));
    Files.createDirectory(folder.resolve("build/data"));
    Files.writeString(folder.resolve("build/.state"), "");
    assertThatThrownBy(this::parcels)
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("out is a link to ../../etc/passwd, which may lead outside")
        .hasMessageContaining("data is in the release and in release.shared")
        .hasMessageContaining(".state has a name");
  }

  @Test
  void modesAreThoseOfAReleaseAndNothingElse() throws IOException {
    bench.write("build/etc/settings", "x", false).toFile().setWritable(true, false);
    String id = deliver("a", Optional.empty());
    Path release = bench.root("a").resolve("releases").resolve(id);
    try (Stream<Path> paths = Files.walk(release)) {
      assertThat(paths.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()))
          .allSatisfy(
              path ->
                  assertThat(Files.getPosixFilePermissions(path).size())
                      .isEqualTo(path.startsWith(release.resolve("bin")) ? 5 : 3));
    }
    assertThat(new String(Files.readAllBytes(release.resolve(".state")), StandardCharsets.UTF_8))
        .isEqualTo("staged 2026-11-22T10:15:30Z\nvalidated 2026-11-22T10:15:30Z\n");
  }
}
