package org.carillon.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ShellWords;

/**
 * Brings the executables to a host, unless they are there: because the distribution's own folder is
 * visible there, or because the archive with the same SHA-256 was unpacked there before.
 */
final class Releases {

  private static final int SHORT_SHA = 12;

  private static final String IS_SHARED =
      """
      [ -x "$1/bin/worker" ] && [ -r "$2" ] && sha256sum <"$2" | { read -r c_sum c_skip; [ "$c_sum" = "$3" ]; }
      """;

  private static final String IS_STAGED =
      """
      [ -x "$1/bin/worker" ] && [ "$(cat "$1/.sha256" 2>/dev/null)" = "$2" ]
      """;

  // Two deploys may unpack the same release at once: each beside, and the first rename wins.
  private static final String UNPACK =
      """
      umask 027
      c_beside=$1.unpack-$4
      trap 'rm -rf -- "$c_beside" "$2"' EXIT
      mkdir -- "$c_beside" || exit 1
      gzip -dc <"$2" | tar -C "$c_beside" --strip-components=1 --no-same-owner -xf - || exit 1
      printf '%s\\n' "$3" >"$c_beside/.sha256" || exit 1
      if [ -e "$1" ] && ! { [ -x "$1/bin/worker" ] && [ "$(cat "$1/.sha256" 2>/dev/null)" = "$3" ]; }; then
        rm -rf -- "$1" || exit 1
      fi
      mv -T -- "$c_beside" "$1" 2>/dev/null || [ -x "$1/bin/worker" ]
      """;

  private final Distribution distribution;
  private final String nonce;

  Releases(Distribution distribution, String nonce) {
    this.distribution = distribution;
    this.nonce = nonce;
  }

  /**
   * Where the executables of a host are.
   *
   * @param home folder with {@code bin/}, absolute, on the host
   * @param how they came there, for the log
   */
  record Staged(String home, String how) {
    String executable(String name) {
      return home + "/bin/" + name;
    }
  }

  /** Makes sure that the executables are there. */
  Staged stage(Site site, Duration deadline) {
    if (site.isLocal()) {
      return new Staged(distribution.home().toString(), "this machine's distribution");
    }
    Distribution.Archive archive =
        distribution
            .archive(site.facts().architecture())
            .orElseThrow(
                () ->
                    new CarillonException(
                        ExitCode.USAGE,
                        site.name()
                            + ": the distribution has no archive for "
                            + site.facts().architecture()
                            + "; build it there and put it in "
                            + distribution.home().resolve("share")
                            + "."));
    String home = distribution.home().toString();
    if (succeeds(site, IS_SHARED, deadline, home, archive.file().toString(), archive.sha256())) {
      return new Staged(home, "shared with this machine");
    }
    String folder = folder(site, archive);
    if (succeeds(site, IS_STAGED, deadline, folder, archive.sha256())) {
      return new Staged(folder, "there already");
    }
    upload(site, archive, folder, deadline);
    return new Staged(folder, "uploaded and unpacked");
  }

  private String folder(Site site, Distribution.Archive archive) {
    return site.workFolder()
        + "/releases/carillon-node-"
        + distribution.version()
        + "-"
        + archive.sha256().substring(0, SHORT_SHA);
  }

  private void upload(Site site, Distribution.Archive archive, String folder, Duration deadline) {
    Path file = archive.file();
    String remote = folder + ".upload-" + nonce + "-" + site.name() + ".tar.gz";
    site.host().upload(file, remote, deadline);
    CommandResult result =
        run(site, UNPACK, deadline, folder, remote, archive.sha256(), nonce + "-" + site.name());
    if (!result.succeeded()) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          site.name()
              + ": cannot unpack the release into "
              + folder
              + " ("
              + result.complaint()
              + "); is there room, and is the folder yours?");
    }
  }

  private static boolean succeeds(
      Site site, String script, Duration deadline, String... arguments) {
    return run(site, script, deadline, arguments).succeeded();
  }

  private static CommandResult run(
      Site site, String script, Duration deadline, String... arguments) {
    String words = "set -- " + ShellWords.join(List.of(arguments)) + "\n";
    return site.host().run(Command.script(words + script, deadline));
  }
}
