package org.carillon.control.identity;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A private key (EC, P-256) and a self-signed certificate, the same for all processes of a run.
 * Each side shows the certificate and accepts no other.
 */
public final class RunIdentity {

  /** The name in the certificate; control streams are opened for it whatever the host is called. */
  public static final String AUTHORITY = "carillon-run";

  private RunIdentity() {}

  /** Makes a new identity. */
  public static RunIdentity create() {
    throw new AssertionError("not yet");
  }

  /**
   * Reads a file made by {@link #write}.
   *
   * @throws org.carillon.core.CarillonException USAGE if it cannot be read, holds no identity, or
   *     others than its owner may read or write it
   */
  public static RunIdentity read(Path file) {
    throw new AssertionError("not yet");
  }

  /**
   * Reads the text of an identity up to the end of the stream, 64 KiB at most.
   *
   * @param name of the stream for complaints, such as "standard input"
   * @throws org.carillon.core.CarillonException USAGE if it holds no identity
   */
  public static RunIdentity read(InputStream in, String name) {
    throw new AssertionError("not yet");
  }

  /**
   * Writes a new file of mode 0600.
   *
   * @throws org.carillon.core.CarillonException USAGE if it exists or cannot be written
   */
  public void write(Path file) {
    throw new AssertionError("not yet");
  }

  /** Key and certificate as PEM: the secret itself. */
  public String toPem() {
    throw new AssertionError("not yet");
  }

  /** SHA-256 of the certificate, in hexadecimal digits; no secret. */
  public String fingerprint() {
    throw new AssertionError("not yet");
  }

  /** For an agent: asks everybody for this certificate. */
  public ServerCredentials serverCredentials() {
    throw new AssertionError("not yet");
  }

  /** For a controller. */
  public ChannelCredentials channelCredentials() {
    throw new AssertionError("not yet");
  }

  @Override
  public String toString() {
    return "***";
  }
}
