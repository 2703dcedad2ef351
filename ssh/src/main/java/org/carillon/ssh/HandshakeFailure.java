package org.carillon.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.carillon.ssh.openssl.OpenSslException;

/** Why an attempt to connect failed, and whether another one makes sense. */
final class HandshakeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE and PROTOCOL_ERROR, RFC 4253 11.1. */
  private static final int NO_MORE_AUTH = 14;

  private final transient HostException failure;
  private final boolean retry;

  HandshakeFailure(Hop hop, HostException failure, boolean retry) {
    super(hop.name(), failure);
    this.failure = failure;
    this.retry = retry;
  }

  /**
   * @param cause what JSch has thrown
   * @param keys what was to be offered, if it came so far
   * @param connected whether the TCP connection stood
   */
  HandshakeFailure(Hop hop, Throwable cause, Optional<Identities> keys, boolean connected) {
    this(hop, explain(hop, cause, keys, connected), isTransient(cause, connected));
  }

  boolean retry() {
    return retry;
  }

  /** The failure, with the number of attempts if there were several. */
  HostException failure(int attempts) {
    if (attempts == 1) {
      return failure;
    }
    String complaint = failure.getMessage().substring(failure.host().length() + 2);
    return new HostException(
        failure.kind(),
        failure.host(),
        complaint + " (tried " + attempts + " times)",
        failure.getCause());
  }

  private static HostException explain(
      Hop hop, Throwable cause, Optional<Identities> keys, boolean connected) {
    Throwable root = root(cause);
    String where = hop.where();
    return switch (root) {
      case HostException known -> known;
      case UnknownHostException unknown ->
          unreachable(
              hop,
              "there is no host '"
                  + hop.address()
                  + "'; correct its address, or give it one in the SSH"
                  + " configuration",
              cause);
      case NoRouteToHostException route ->
          unreachable(hop, "no route to " + where + "; check its address and the network", cause);
      case ConnectException refused ->
          unreachable(
              hop,
              where + " refuses connections (" + refused.getMessage() + "); does sshd run there?",
              cause);
      case SocketTimeoutException timeout ->
          new HostException(
              HostException.Kind.TIMEOUT,
              hop.name(),
              (connected
                  ? where + " stopped answering during the login"
                  : "no connection to "
                      + where
                      + " in time; is it up, and does the firewall let SSH pass?"),
              cause);
      case JSchAlgoNegoFailException algorithms ->
          unreachable(
              hop, where + " and we know no common algorithm: " + algorithms.getMessage(), cause);
      case Throwable certificate when isCertificate(certificate) ->
          new HostException(
              HostException.Kind.HOST_KEY,
              hop.name(),
              "its certificate cannot be trusted (%s), and no key of it is known; have it signed anew by the authority in known_hosts, or add its key"
                  .formatted(message(certificate)),
              cause);
      case Throwable other when isAuthentication(other) ->
          new HostException(
              HostException.Kind.AUTHENTICATION,
              hop.name(),
              "%s does not let us in: %s. Name the right key, or put it into authorized_keys there"
                  .formatted(where, keys.map(Identities::summary).orElse("no key was offered")),
              cause);
      case Throwable arithmetic when isCryptographic(arithmetic) ->
          unreachable(
              hop,
              "the cryptography of the login to %s failed: %s"
                  .formatted(where, message(arithmetic)),
              cause);
      case Throwable other when message(other).contains("channel is not opened") ->
          unreachable(hop, "the gateway cannot connect to " + where, cause);
      case Throwable other when connected ->
          unreachable(
              hop,
              "%s closed the connection during the login (%s); too many logins at once? See MaxStartups in its sshd_config"
                  .formatted(where, message(other)),
              cause);
      case Throwable other ->
          unreachable(hop, "no connection to " + where + ": " + message(other), cause);
    };
  }

  private static HostException unreachable(Hop hop, String complaint, Throwable cause) {
    return new HostException(HostException.Kind.UNREACHABLE, hop.name(), complaint, cause);
  }

  /** A certificate of the host that does not hold; some of these have no type of their own. */
  private static boolean isCertificate(Throwable failure) {
    return failure instanceof JSchHostKeyException
        || message(failure).startsWith("rejected HostKey");
  }

  /** Nobody has closed anything: a key, a signature or an algorithm is not as it should be. */
  private static boolean isCryptographic(Throwable failure) {
    return failure instanceof GeneralSecurityException
        || failure instanceof OpenSslException
        || message(failure).startsWith("verify: ");
  }

  private static boolean isAuthentication(Throwable failure) {
    String message = message(failure);
    return message.contains("Auth fail")
        || message.contains("Auth cancel")
        || message.contains("USERAUTH fail")
        || message.contains("Too many authentication failures")
        || (failure instanceof JSchSessionDisconnectException disconnect
            && disconnect.getReasonCode() == NO_MORE_AUTH);
  }

  /** A refused connection, or one that was closed before we were let in or turned away. */
  private static boolean isTransient(Throwable cause, boolean connected) {
    Throwable root = root(cause);
    return switch (root) {
      case HostException known -> false;
      case UnknownHostException unknown -> false;
      case NoRouteToHostException route -> false;
      case ConnectException refused -> true;
      case SocketTimeoutException timeout -> false;
      case JSchAlgoNegoFailException algorithms -> false;
      case Throwable certificate when isCertificate(certificate) -> false;
      case Throwable other -> connected && !isAuthentication(other) && !isCryptographic(other);
    };
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof HostException)) {
      root = root.getCause();
    }
    return root;
  }
}
