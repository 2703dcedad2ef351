package org.carillon.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdentityTest {

  private static final RunIdentity IDENTITY = RunIdentity.create();
  private static final RunIdentity OTHER = RunIdentity.create();

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("identity.pem");
    IDENTITY.write(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(RunIdentity.read(file).toPem()).isEqualTo(IDENTITY.toPem());
    assertThat(RunIdentity.read(file).fingerprint())
        .isEqualTo(IDENTITY.fingerprint())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(OTHER.fingerprint());
  }

  @Test
  void neverTellsTheSecretByChance() {
    assertThat(IDENTITY).hasToString("***");
    assertThat("" + IDENTITY.serverCredentials() + IDENTITY.channelCredentials())
        .doesNotContain("PRIVATE KEY");
  }

  @Test
  void certificateIsForTheRunAndHoldsWhateverAClockShows() throws Exception {
    X509Certificate certificate = certificateOf(IDENTITY);

    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(2, "carillon-run"));
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(Instant.parse("2000-01-01T00:00:00Z")));
    certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:59Z")));
    assertThat(certificate.getSerialNumber())
        .isPositive()
        .isNotEqualTo(certificateOf(OTHER).getSerialNumber());
  }

  @Test
  void doesNotWriteOverAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "precious");

    assertUsage(() -> IDENTITY.write(file))
        .hasMessage(file + " exists already: use it or delete it.");
    assertThat(file).hasContent("precious");
  }

  @Test
  void saysWhyItCannotWrite() {
    Path file = folder.resolve("missing/identity.pem");
    assertUsage(() -> IDENTITY.write(file))
        .hasMessage("cannot write the identity to " + file + ": there is no such file or folder.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw------x"})
  void refusesAFileThatOthersMayUse(String mode) throws IOException {
    Path file = folder.resolve("identity.pem");
    IDENTITY.write(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertUsage(() -> RunIdentity.read(file)).hasMessageContaining("others than its owner");
  }

  @Test
  void refusesWhatIsNotThereOrIsNoFile() {
    assertUsage(() -> RunIdentity.read(folder.resolve("missing")))
        .hasMessageEndingWith(
            "there is no such file or folder; make one with: deploy identity "
                + folder.resolve("missing"));
    assertUsage(() -> RunIdentity.read(Path.of("/proc/self/task")));
  }

  @Test
  void readsAStreamToItsEnd() {
    assertThat(read("a note before\n" + IDENTITY.toPem() + "\nand after").toPem())
        .isEqualTo(IDENTITY.toPem());
  }

  @Test
  void refusesAnEmptyStream() {
    assertRefused("")
        .hasMessageStartingWith("standard input holds no identity of a run: it is empty");
  }

  @Test
  void refusesMoreThanAnIdentityCanBe() {
    assertRefused(IDENTITY.toPem() + " ".repeat(64 << 10))
        .hasMessageContaining("larger than 64 KiB");
  }

  @Test
  void refusesAnotherNumberOfKeysOrCertificatesThanOne() {
    String key = IDENTITY.toPem().substring(0, IDENTITY.toPem().indexOf("-----BEGIN CERT"));
    String certificate = IDENTITY.toPem().substring(key.length());

    assertRefused(key).hasMessageContaining("0 blocks \"BEGIN CERTIFICATE\"");
    assertRefused(certificate).hasMessageContaining("0 blocks \"BEGIN PRIVATE KEY\"");
    assertRefused(key + key + certificate).hasMessageContaining("2 blocks \"BEGIN PRIVATE KEY\"");
    assertRefused(key + certificate + certificate)
        .hasMessageContaining("2 blocks \"BEGIN CERTIFICATE\"");
  }

  @Test
  void refusesAKeyThatIsNotThatOfTheCertificate() {
    String key = IDENTITY.toPem().substring(0, IDENTITY.toPem().indexOf("-----BEGIN CERT"));
    String certificate = OTHER.toPem().substring(OTHER.toPem().indexOf("-----BEGIN CERT"));

    assertRefused(key + certificate).hasMessageContaining("its key is not that of its certificate");
  }

  @Test
  void refusesGarbageInOneSentenceThatTellsNothingOfIt() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = IDENTITY.toPem().getBytes(StandardCharsets.ISO_8859_1);
      int changes = 1 + random.nextInt(20);
      for (int change = 0; change < changes; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        RunIdentity.read(new ByteArrayInputStream(bytes), "standard input");
      } catch (CarillonException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(250);
      }
    }
  }

  private static X509Certificate certificateOf(RunIdentity identity) throws Exception {
    String pem = identity.toPem();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    pem.substring(pem.indexOf("-----BEGIN CERT"))
                        .getBytes(StandardCharsets.US_ASCII)));
  }

  private static RunIdentity read(String text) {
    return RunIdentity.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "standard input");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(String text) {
    return assertUsage(() -> read(text));
  }

  private static AbstractThrowableAssert<?, ?> assertUsage(ThrowingCallable action) {
    return assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
