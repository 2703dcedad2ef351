package org.carillon.ssh.openssl;

/** OpenSSL does not do what it has done in its trial: its policy or mode has changed since. */
public final class OpenSslException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OpenSslException(String message) {
    super(message);
  }
}
