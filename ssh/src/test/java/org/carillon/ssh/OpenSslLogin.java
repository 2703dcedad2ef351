package org.carillon.ssh;

import com.jcraft.jsch.JSch;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.libc.CLibrary;
import org.carillon.ssh.openssl.OpenSsl;

/**
 * A process of its own that logs in and tells by which algorithms: what it does to libcrypto, or is
 * done to its libcrypto, is no other test's.
 */
final class OpenSslLogin {
  private OpenSslLogin() {}

  /**
   * @param arguments the folder of a {@link SshdFixture}, its port, and {@code forbid} if OpenSSL
   *     shall refuse everything from after its trial on
   */
  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    OpenSsl.serveJsch();
    System.out.println("tried: " + algorithms());
    if (arguments.length > 2) {
      forbid();
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

  /** As a policy of the system does: only a provider that is not there may be asked. */
  @SuppressWarnings("restricted")
  private static void forbid() {
    SymbolLookup library = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
    new CLibrary(Arena.global())
        .call(library.findOrThrow("EVP_default_properties_enable_fips"), 0, 1, 0);
  }
}
