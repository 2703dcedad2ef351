package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.ssh.openssl.OpenSsl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins where the system's libcrypto does not do all that it could. */
class SshOpenSslIT {
  private static final String OURS = "org.carillon.ssh.openssl";
  private static final String JAVAS = "com.jcraft.jsch.jce";

  @TempDir private Path folder;
  private SshdFixture sshd;

  @BeforeEach
  void start() throws IOException {
    sshd = new SshdFixture(Files.createDirectory(folder.resolve("sshd")));
    sshd.target();
    sshd.emptyConfig();
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  private List<String> login(Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OpenSslLogin.class.getName(),
                sshd.folder.toString(),
                Integer.toString(sshd.port())));
    words.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList();
  }

  @Test
  void anOpenSslThatForbidsEverythingAfterItsTrialLeavesTheLoginToJava() throws Exception {
    assertThat(login(Map.of(), "all"))
        .containsExactly(
            "tried: %1$s.Curve25519 %1$s.Ed25519".formatted(OURS),
            "in",
            "used: %1$s.XDH %1$s.SignatureEd25519".formatted(JAVAS));
  }

  @Test
  void anOpenSslThatForbidsTheDerivationAloneBlamesNoHost() throws Exception {
    assertThat(login(Map.of(), "EVP_PKEY_derive"))
        .containsExactly(
            "tried: %1$s.Curve25519 %1$s.Ed25519".formatted(OURS),
            "in",
            "used: %1$s.XDH %1$s.SignatureEd25519".formatted(JAVAS));
  }

  @Test
  void anOpenSslThatForbidsEverythingFromTheBeginningIsNotUsed() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("openssl.cnf"),
            """
            openssl_conf = all
            [all]
            alg_section = algorithms
            [algorithms]
            default_properties = fips=yes
            """);
    assertThat(login(Map.of("OPENSSL_CONF", policy.toString())))
        .containsExactly(
            "tried: %1$s.XDH %1$s.SignatureEd25519".formatted(JAVAS),
            "in",
            "used: %1$s.XDH %1$s.SignatureEd25519".formatted(JAVAS));
  }

  @Test
  void aLibcryptoThatLacksAFunctionLeavesWhatNeedsItToJava() throws Exception {
    byte[] library = Files.readAllBytes(libcrypto());
    String names = new String(library, StandardCharsets.ISO_8859_1);
    int at = names.indexOf("\0EVP_DigestVerifyInit\0") + 1;
    assertThat(at).isPositive();
    library[at] = 'X'; // in the table of its names
    Path partial = Files.createDirectory(folder.resolve("partial"));
    Files.write(partial.resolve("libcrypto.so.3"), library);
    assertThat(login(Map.of("LD_LIBRARY_PATH", partial.toString())))
        .contains("tried: %s.XDH %s.SignatureEd25519".formatted(JAVAS, JAVAS), "in");
  }

  /** The file of the library that this process has loaded. */
  private static Path libcrypto() throws IOException {
    assertThat(OpenSsl.serveJsch()).isTrue();
    Optional<String> line =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(mapped -> mapped.contains("/libcrypto.so.3"))
            .findFirst();
    return Path.of(line.orElseThrow().replaceFirst("^[^/]*", ""));
  }
}
