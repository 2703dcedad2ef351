package org.carillon.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of hosts in known_hosts files, as sshd(8) describes them under SSH_KNOWN_HOSTS FILE
 * FORMAT: plain names, patterns, hashed names, {@code @revoked} keys, and {@code @cert-authority}
 * keys, which vouch for hosts by certificates.
 */
final class KnownHosts {
  /** What a hashed name begins with. */
  static final String HASHED = "|1|";

  /** One writer at a time in this process; other processes append whole lines as well. */
  private static final Object WRITING = new Object();

  /** What a line says of its key. */
  enum Marker {
    /** It is the host's. */
    KEY,
    /** It must not be used. */
    REVOKED,
    /** What it has signed is the host's. */
    AUTHORITY
  }

  /**
   * A line that is about the host in question.
   *
   * @param file where it stands
   * @param line number, from 1
   * @param marker what the line says of the key
   * @param type of the key, such as {@code ssh-ed25519}
   * @param key as on the wire
   */
  record Entry(Path file, int line, Marker marker, String type, byte[] key) {

    boolean revoked() {
      return marker == Marker.REVOKED;
    }

    boolean isFor(byte[] otherKey) {
      return Arrays.equals(key, otherKey);
    }
  }

  private KnownHosts() {}

  /**
   * What the files say about a host; unreadable lines are passed over, as OpenSSH does.
   *
   * @param knownAs its name, or {@code [name]:port}
   * @throws IOException if a file exists but cannot be read
   */
  static List<Entry> entries(List<Path> files, String knownAs) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue;
      }
      entries.addAll(KnownHostsFile.of(file).about(knownAs, KnownHosts::isAbout));
    }
    return entries;
  }

  private static boolean isAbout(String names, String knownAs) {
    if (!names.startsWith(HASHED)) {
      return SshConfig.matches(List.of(names.split(",")), knownAs);
    }
    String[] parts = names.substring(HASHED.length()).split("\\|");
    if (parts.length != 2) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[0]);
      return salt.length > 0
          && MessageDigest.isEqual(Base64.getDecoder().decode(parts[1]), hash(salt, knownAs));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA1", e);
    }
  }

  /**
   * Appends a key, unless the file holds it already.
   *
   * @param hashed whether the name is written hashed
   */
  static void add(Path file, String knownAs, boolean hashed, String type, byte[] key)
      throws IOException {
    synchronized (WRITING) {
      if (entries(List.of(file), knownAs).stream()
          .anyMatch(entry -> entry.marker() != Marker.AUTHORITY && entry.isFor(key))) {
        return;
      }
      Path folder = file.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      String name = hashed ? hashedName(knownAs) : knownAs;
      String line = name + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n";
      try (FileChannel channel =
          FileChannel.open(
              file,
              java.util.Set.of(
                  StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        long size = channel.size();
        String start = size > 0 && !endsWithNewline(channel, size) ? "\n" : "";
        channel.write(ByteBuffer.wrap((start + line).getBytes(StandardCharsets.UTF_8)), size);
      }
    }
  }

  private static boolean endsWithNewline(FileChannel channel, long size) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, size - 1) == 1 && last.get(0) == '\n';
  }

  private static String hashedName(String knownAs) {
    byte[] salt = new byte[20];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return HASHED + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, knownAs));
  }
}
