package org.carillon.control.identity;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.SslSocketFactoryChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.run.Sha256;

/**
 * A private key (EC, P-256) and a self-signed certificate, the same for all processes of a run.
 * Each side shows the certificate and accepts no other.
 */
public final class RunIdentity {

  /** The name in the certificate; control streams are opened for it whatever the host is called. */
  public static final String AUTHORITY = "carillon-run";

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SIZE_MAX_BYTES = 64 << 10;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final Pattern PEM_BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /** The store is never written. */
  private static final char[] NO_PASSWORD = {};

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final String certificatePem;
  private final String keyPem;
  private final String fingerprint;

  private RunIdentity(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    this.certificate = certificate;
    this.key = key;
    certificatePem = pem(CERTIFICATE, certificate.getEncoded());
    keyPem = pem(PRIVATE_KEY, key.getEncoded());
    fingerprint = Sha256.hexOf(certificate.getEncoded());
  }

  /** Makes a new identity. */
  public static RunIdentity create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new RunIdentity(
          certificate(SelfSignedCertificate.of(pair, AUTHORITY, SIGNATURE)), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make EC keys and certificates", e);
    }
  }

  /**
   * Reads a file made by {@link #write}.
   *
   * @throws CarillonException USAGE if it cannot be read, holds no identity, or others than its
   *     owner may read or write it
   */
  public static RunIdentity read(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(mode)) {
        throw new CarillonException(
            ExitCode.USAGE,
            "the identity "
                + file
                + " may be used by others than its owner ("
                + PosixFilePermissions.toString(mode)
                + "): whoever can read it commands the run's workers; make a new one,"
                + " or run chmod 600 if nobody has read it.");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return parse(in, file.toString());
      }
    } catch (NoSuchFileException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read the identity from "
              + file
              + ": there is no such file or folder; make one with: deploy identity "
              + file,
          e);
    } catch (IOException e) {
      throw cannotRead(file.toString(), e);
    }
  }

  /**
   * Reads the text of an identity up to the end of the stream, 64 KiB at most.
   *
   * @param name of the stream for complaints, such as "standard input"
   * @throws CarillonException USAGE if it holds no identity
   */
  public static RunIdentity read(InputStream in, String name) {
    try {
      return parse(in, name);
    } catch (IOException e) {
      throw cannotRead(name, e);
    }
  }

  private static RunIdentity parse(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(SIZE_MAX_BYTES + 1);
    if (bytes.length == 0) {
      throw noIdentity(name, "it is empty", null);
    }
    if (bytes.length > SIZE_MAX_BYTES) {
      throw noIdentity(name, "it is larger than " + (SIZE_MAX_BYTES >> 10) + " KiB", null);
    }
    List<MatchResult> blocks =
        PEM_BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).results().toList();
    try {
      X509Certificate certificate = certificate(onlyBlock(blocks, CERTIFICATE, name));
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(onlyBlock(blocks, PRIVATE_KEY, name)));
      if (!belongTogether(certificate, key)) {
        throw noIdentity(name, "its key is not that of its certificate", null);
      }
      return new RunIdentity(certificate, key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // What the parsers say of a broken key stays away from the user and the log.
      throw noIdentity(name, "its key or its certificate is damaged, or of another kind", e);
    }
  }

  private static byte[] onlyBlock(List<MatchResult> blocks, String kind, String name) {
    List<String> texts =
        blocks.stream()
            .filter(block -> block.group(1).equals(kind))
            .map(block -> block.group(2))
            .toList();
    if (texts.size() != 1) {
      throw noIdentity(
          name, "it has %d blocks \"BEGIN %s\", not one".formatted(texts.size(), kind), null);
    }
    return Base64.getMimeDecoder().decode(texts.getFirst());
  }

  private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    byte[] text = AUTHORITY.getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(SIGNATURE);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(text);
    return signature.verify(signed);
  }

  private static CarillonException noIdentity(String name, String why, Exception cause) {
    return new CarillonException(
        ExitCode.USAGE,
        name
            + " holds no identity of a run: "
            + why
            + "; 'deploy identity FILE' makes one, with one key and one certificate.",
        cause);
  }

  private static CarillonException cannotRead(String name, IOException fault) {
    return new CarillonException(
        ExitCode.USAGE,
        "cannot read the identity from " + name + ": " + RunFiles.reason(fault) + ".",
        fault);
  }

  /**
   * Writes a new file of mode 0600.
   *
   * @throws CarillonException USAGE if it exists or cannot be written
   */
  public void write(Path file) {
    try {
      // The mode is there before the secret is.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, toPem(), StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new CarillonException(
          ExitCode.USAGE, file + " exists already: use it or delete it.", e);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot write the identity to " + file + ": " + RunFiles.reason(e) + ".",
          e);
    }
  }

  /** Key and certificate as PEM: the secret itself. */
  public String toPem() {
    return keyPem + certificatePem;
  }

  /** SHA-256 of the certificate, in hexadecimal digits; no secret. */
  public String fingerprint() {
    return fingerprint;
  }

  /** For an agent: asks everybody for this certificate. */
  public ServerCredentials serverCredentials() {
    try {
      return TlsServerCredentials.newBuilder()
          .keyManager(stream(certificatePem), stream(keyPem))
          .trustManager(stream(certificatePem))
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a controller: one TLS context for all its channels, where gRPC would make one for each. */
  public ChannelCredentials channelCredentials() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(AUTHORITY, key, NO_PASSWORD, new Certificate[] {certificate});
      store.setCertificateEntry("trusted", certificate);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return SslSocketFactoryChannelCredentials.create(context.getSocketFactory());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot make a TLS context", e);
    }
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static String pem(String kind, byte[] der) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
  }

  @Override
  public String toString() {
    return "***";
  }
}
