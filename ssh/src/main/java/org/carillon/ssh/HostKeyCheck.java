package org.carillon.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.run.Sha256;

/** Decides whether the key that a host shows is the right one; refuses it by an exception. */
final class HostKeyCheck implements HostKeyRepository {
  /** What an entry of known_hosts about another name is about, since we look names up ourselves. */
  private static final String EVERY_HOST = "*";

  private final Hop hop;

  /** As OpenSSH does: what is known for the name alone serves for every port. */
  private List<KnownHosts.Entry> withoutPort = List.of();

  private List<KnownHosts.Entry> exact = List.of();
  private boolean read;

  HostKeyCheck(Hop hop) {
    this.hop = hop;
  }

  /** The files are read once per connection. */
  private void read() throws IOException {
    if (!read) {
      exact = KnownHosts.entries(hop.knownHosts(), hop.knownAs());
      if (!hop.knownAs().equals(hop.keyName())) {
        withoutPort = KnownHosts.entries(hop.knownHosts(), hop.keyName());
      }
      read = true;
    }
  }

  private List<KnownHosts.Entry> known(KnownHosts.Marker marker) {
    try {
      read();
    } catch (IOException e) {
      // Only the order of the offers suffers; check() says what is wrong with the file.
      return List.of();
    }
    List<KnownHosts.Entry> known = new ArrayList<>();
    for (List<KnownHosts.Entry> entries : List.of(exact, withoutPort)) {
      for (KnownHosts.Entry entry : entries) {
        if (entry.marker() == marker) {
          known.add(entry);
        }
      }
    }
    return known;
  }

  /** Whether somebody is trusted to vouch for this host by a certificate. */
  boolean hasAuthorities() {
    return !known(KnownHosts.Marker.AUTHORITY).isEmpty();
  }

  /** Whether a key of the host itself is known, which serves if its certificate does not. */
  boolean hasKeys() {
    return !known(KnownHosts.Marker.KEY).isEmpty();
  }

  /** {@code OK}, or an exception with the reason; nothing else. */
  @Override
  public int check(String host, byte[] key) {
    try {
      read();
      List<KnownHosts.Entry> entries = exact;
      for (KnownHosts.Entry entry : known(KnownHosts.Marker.REVOKED)) {
        if (entry.isFor(key)) {
          throw refusal(
              "its key %s is revoked in %s:%d", fingerprint(key), entry.file(), entry.line());
        }
      }
      List<KnownHosts.Entry> valid =
          entries.stream().filter(entry -> entry.marker() == KnownHosts.Marker.KEY).toList();
      if (valid.stream().anyMatch(entry -> entry.isFor(key)) || isKnownWithoutPort(key)) {
        return OK;
      }
      if (!valid.isEmpty()) {
        KnownHosts.Entry entry = valid.getFirst();
        throw refusal(
            "its key has CHANGED: %s is known by a %s key in %s:%d, and now shows the %s key %s;"
                + " somebody may stand in between. If the host was set up anew, remove the old key"
                + " with: ssh-keygen -R '%s' -f %s",
            hop.knownAs(),
            entry.type(),
            entry.file(),
            entry.line(),
            type(key),
            fingerprint(key),
            hop.knownAs(),
            entry.file());
      }
      return acceptNew(key);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.HOST_KEY,
          hop.name(),
          "cannot check its key in known_hosts: " + LocalCopy.reason(e),
          e);
    }
  }

  private boolean isKnownWithoutPort(byte[] key) {
    return withoutPort.stream()
        .anyMatch(entry -> entry.marker() == KnownHosts.Marker.KEY && entry.isFor(key));
  }

  private int acceptNew(byte[] key) throws IOException {
    if (hop.hostKeyPolicy() == HostKeyPolicy.STRICT) {
      throw refusal(
          "%s is in none of %s and shows the %s key %s; connect once with ssh, or use ssh-keyscan,"
              + " or allow new host keys",
          hop.knownAs(), names(), type(key), fingerprint(key));
    }
    if (hop.knownHosts().isEmpty()) {
      throw refusal("there is no known_hosts file to write its new key to");
    }
    KnownHosts.add(
        hop.knownHosts().getFirst(), hop.knownAs(), hop.hashKnownHosts(), type(key), key);
    return OK;
  }

  private String names() {
    return String.join(", ", hop.knownHosts().stream().map(Path::toString).toList());
  }

  private HostException refusal(String complaint, Object... details) {
    return new HostException(HostException.Kind.HOST_KEY, hop.name(), complaint.formatted(details));
  }

  /** The type stands first in a key, as a string with its length (RFC 4253, 6.6). */
  static String type(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    int length = key.length < 4 ? -1 : buffer.getInt();
    if (length < 1 || length > buffer.remaining()) {
      return "malformed";
    }
    return new String(key, 4, length, StandardCharsets.US_ASCII);
  }

  /** As {@code ssh-keygen -l} prints it. */
  static String fingerprint(byte[] key) {
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(Sha256.digest().digest(key));
  }

  /** The known keys: their types are negotiated before others. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    return known(KnownHosts.Marker.KEY).stream()
        .filter(entry -> type == null || type.equals(entry.type()))
        .flatMap(entry -> hostKey("", host, entry))
        .toArray(HostKey[]::new);
  }

  /** Whose certificates are trusted for this host, and which keys are revoked. */
  @Override
  public HostKey[] getHostKey() {
    return Stream.concat(
            known(KnownHosts.Marker.AUTHORITY).stream()
                .flatMap(entry -> hostKey("@cert-authority", EVERY_HOST, entry)),
            known(KnownHosts.Marker.REVOKED).stream()
                .flatMap(entry -> hostKey("@revoked", EVERY_HOST, entry)))
        .toArray(HostKey[]::new);
  }

  /** Empty for a key of a kind that JSch does not know. */
  private static Stream<HostKey> hostKey(String marker, String host, KnownHosts.Entry entry) {
    try {
      return Stream.of(new HostKey(marker, host, HostKey.GUESS, entry.key(), ""));
    } catch (JSchException | RuntimeException e) {
      return Stream.empty();
    }
  }

  @Override
  public void add(HostKey hostkey, UserInfo ui) {
    // check() has written what was to be written.
  }

  @Override
  public void remove(String host, String type) {
    remove(host, type, null);
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("a known key is removed by its owner only");
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return names();
  }
}
