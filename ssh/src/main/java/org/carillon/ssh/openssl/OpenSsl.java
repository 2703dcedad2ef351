package org.carillon.ssh.openssl;

import com.jcraft.jsch.JSch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system's libcrypto, which OpenSSH needs as well, so that it is nearly everywhere. */
public final class OpenSsl {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSsl.class);

  /** What it is called since OpenSSL 3, and before. */
  private static final String[] NAMES = {"libcrypto.so.3", "libcrypto.so.1.1"};

  private static final Optional<SymbolLookup> LIBRARY = find();

  /** What JSch itself has for each algorithm that it was handed, by their names in JSch. */
  private static final Map<String, String> REPLACED = new ConcurrentHashMap<>();

  private static volatile boolean serves;
  private static volatile boolean refused;

  private OpenSsl() {}

  @SuppressWarnings("restricted") // The functions are called as their manual pages have them.
  private static Optional<SymbolLookup> find() {
    for (String name : NAMES) {
      try {
        SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
        if (library.find("EVP_PKEY_new_raw_private_key").isPresent()) {
          return Optional.of(library);
        }
      } catch (IllegalArgumentException e) {
        LOG.debug("there is no {}", name, e);
      }
    }
    return Optional.empty();
  }

  /** Done once, by whoever asks first. */
  private static final class Serving {
    private static final boolean DONE = serve();

    private static boolean serve() {
      if (LIBRARY.isEmpty()) {
        return false;
      }
      boolean all = offer("random", Randomness.class, OpenSsl::givesBytes);
      all &= offer("sha-256", Sha256Hash.class, OpenSsl::hashes);
      all &= offer("sha256", Sha256Hash.class, OpenSsl::hashes); // of a host's key, for messages
      all &= offer("xdh", Curve25519.class, OpenSsl::agrees);
      all &= offer("ssh-ed25519", Ed25519.class, OpenSsl::signs);
      all &= offer("aes128-gcm@openssh.com", AesGcm.class, OpenSsl::encrypts);
      serves = true;
      return all;
    }

    /** A library in a mode that forbids an algorithm has it all the same, but it does not work. */
    private static boolean offer(String name, Class<?> algorithm, Callable<Boolean> trial) {
      try {
        if (trial.call()) {
          REPLACED.put(name, JSch.getConfig(name));
          JSch.setConfig(name, algorithm.getName());
          return true;
        }
      } catch (Exception | LinkageError e) { // the latter if it lacks a function
        LOG.debug("OpenSSL does not do {}", name, e);
      }
      return false;
    }
  }

  /**
   * Hands the algorithms that this system's library has to JSch, for all connections of this
   * process.
   *
   * @return whether it has all of them
   */
  public static boolean serveJsch() {
    return Serving.DONE;
  }

  /**
   * Whether the library has refused something in a login since it was tried. All further logins are
   * done by Java's own algorithms then.
   */
  public static boolean hasRefused() {
    return refused;
  }

  /** Random bytes, fit for keys: the library's if it serves already, else Java's own. */
  public static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    if (serves) {
      new Randomness().fill(bytes, 0, count);
    } else {
      new SecureRandom().nextBytes(bytes);
    }
    return bytes;
  }

  private static boolean givesBytes() {
    byte[] bytes = new byte[8];
    return Randomness.draw(bytes, 0, bytes.length) && !Arrays.equals(bytes, new byte[8]);
  }

  private static boolean hashes() {
    // Of nothing, by FIPS 180-4.
    return HexFormat.of().formatHex(new Sha256Hash().digest()).startsWith("e3b0c44298fc1c14");
  }

  private static boolean agrees() throws Exception {
    Curve25519 one = new Curve25519();
    Curve25519 other = new Curve25519();
    one.init(Curve25519.NAME, Curve25519.BYTES);
    other.init(Curve25519.NAME, Curve25519.BYTES);
    return Arrays.equals(one.getSecret(other.getQ()), other.getSecret(one.getQ()));
  }

  private static boolean signs() throws Exception {
    try (RawKey key = RawKey.secret(RawKey.ED25519, new byte[32])) {
      return key.verify(new byte[1], key.sign(new byte[1]));
    }
  }

  private static boolean encrypts() throws Exception {
    byte[] iv = new byte[12];
    byte[] sealed = new byte[17];
    byte[] opened = new byte[1];
    new GcmContext(true, new byte[16]).packet(iv, new byte[4], new byte[] {7}, 0, 1, sealed, 0);
    new GcmContext(false, new byte[16]).packet(iv, new byte[4], sealed, 0, 17, opened, 0);
    return opened[0] == 7;
  }

  /** The address of a function of a library that is there. */
  static MemorySegment function(String name) {
    return LIBRARY.orElseThrow().find(name).orElseThrow();
  }

  /** Nearly every one of these functions returns 1, or a pointer, if it succeeded. */
  static void require(boolean succeeded, String what) {
    if (!succeeded) {
      if (serves) {
        REPLACED.forEach(JSch::setConfig);
        refused = true;
      }
      throw new OpenSslException("OpenSSL refuses " + what);
    }
  }
}
