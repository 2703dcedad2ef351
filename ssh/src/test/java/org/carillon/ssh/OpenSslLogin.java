package org.carillon.ssh;

import com.jcraft.jsch.JSch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.libc.CLibrary;
import org.carillon.ssh.openssl.OpenSsl;

/**
 * A process of its own that logs in and tells by which algorithms: what it does to libcrypto, or is
 * done to its libcrypto, is no other test's.
 */
final class OpenSslLogin {
  private static final long READ_WRITE_EXECUTE = 7;

  private OpenSslLogin() {}

  /**
   * @param arguments the folder of a {@link SshdFixture}, its port, and what OpenSSL shall refuse
   *     from after its trial on: {@code all}, or one of its functions
   */
  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    OpenSsl.serveJsch();
    System.out.println("tried: " + algorithms());
    if (arguments.length > 2) {
      forbid(arguments[2]);
    }
    Account account =
        new Account(System.getProperty("user.name"), folder, Optional.empty(), folder);
    SshTarget target =
        new SshTarget(
            "bell",
            "127.0.0.1",
            OptionalInt.of(Integer.parseInt(arguments[1])),
            Optional.of(account.user()),
            Optional.of(folder.resolve("id_ed25519")),
            Optional.of(folder.resolve("empty_config")),
            Optional.of(folder.resolve("known_hosts")),
            HostKeyPolicy.STRICT);
    try (SshHosts hosts = new SshHosts(SshLimits.defaults(), account)) {
      Command command = Command.script("echo in", Duration.ofSeconds(60));
      System.out.println(hosts.connect(target).run(command).text());
    }
    System.out.println("used: " + algorithms());
  }

  private static String algorithms() {
    return JSch.getConfig("xdh") + " " + JSch.getConfig("ssh-ed25519");
  }

  @SuppressWarnings("restricted")
  private static void forbid(String what) {
    SymbolLookup library = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
    if (what.equals("all")) {
      // As a policy of the system does: only a provider that is not there may be asked.
      new CLibrary(Arena.global())
          .call(library.findOrThrow("EVP_default_properties_enable_fips"), 0, 1, 0);
    } else {
      refuse(library.findOrThrow(what).address());
    }
  }

  /** Lets a function return 0 at once, whatever it is given. */
  @SuppressWarnings("restricted")
  private static void refuse(long function) {
    CLibrary library = new CLibrary(Arena.global());
    long pageBytes = library.call(CLibrary.function("getpagesize"), 0, 0, 0);
    byte[] returnZero = HexFormat.of().parseHex(isX86() ? "31c0c3" : "00008052c0035fd6");
    long page = function & -pageBytes;
    long bytes = function + returnZero.length - page;
    if (library.call(CLibrary.function("mprotect"), page, bytes, READ_WRITE_EXECUTE) != 0) {
      throw new IllegalStateException("the library's code cannot be written");
    }
    MemorySegment.ofAddress(function)
        .reinterpret(returnZero.length)
        .copyFrom(MemorySegment.ofArray(returnZero));
  }

  private static boolean isX86() {
    return System.getProperty("os.arch").equals("amd64");
  }
}
