package org.carillon.deploy.records;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.ShellWords;

/** The file {@code ROOT/lock} on one node, whose one line says who holds it. */
final class NodeLock {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  // A hard link is made or it is not, on network filesystems too; the text is there from the start.
  private static final String TAKE =
      """
      umask 027
      mkdir -p -- "$1" && CDPATH= cd -- "$1" || exit 1
      trap 'rm -f "lock.$2"' EXIT
      cat >"lock.$2" || exit 1
      if c_said=$(ln -T -- "lock.$2" lock 2>&1); then echo taken
      elif [ -e lock ]; then echo held; cat lock
      else printf '%s\\n' "$c_said" >&2; exit 1
      fi
      """;

  private static final String HOLDER =
      """
      [ ! -e "$1/lock" ] || cat -- "$1/lock"
      """;

  // What was moved away must be what was meant: somebody may have broken it and taken it since.
  private static final String BREAK =
      """
      CDPATH= cd -- "$1" || exit 1
      c_want=$(cat)
      [ "$(cat lock 2>/dev/null)" = "$c_want" ] || exit 0
      mv -T -- lock "lock.$2" 2>/dev/null || exit 0
      if [ "$(cat "lock.$2")" = "$c_want" ]; then rm -f "lock.$2"
      else ln -T -- "lock.$2" lock 2>/dev/null; rm -f "lock.$2"
      fi
      """;

  private static final String RELEASE =
      """
      CDPATH= cd -- "$1" || exit 0
      [ ! -e lock ] || [ "$(cat lock)" != "$(cat)" ] || rm -f lock
      """;

  private final Host host;
  private final String root;

  NodeLock(Host host, String root) {
    this.host = host;
    this.root = root;
  }

  String name() {
    return host.name();
  }

  /** Takes it; answers the other's line if somebody else has it, empty if it is ours now. */
  Optional<String> tryTake(String line) {
    String said = run("take the lock", TAKE, line);
    return said.equals("taken")
        ? Optional.empty()
        : Optional.of(said.startsWith("held") ? said.substring("held".length()).strip() : said);
  }

  /** Who has it, as far as that can be told. */
  Optional<LockHolder> holder() {
    return LockHolder.parse(run("read the lock", HOLDER, ""));
  }

  /** Takes it away from somebody, if it is still theirs. */
  void breakUp(String line) {
    run("break the lock", BREAK, line);
  }

  /** Gives it back, if it is still ours. */
  void release(String line) {
    run("give the lock back", RELEASE, line);
  }

  private String run(String what, String script, String line) {
    String words = ShellWords.join(List.of(root, UUID.randomUUID().toString()));
    CommandResult result =
        host.run(
            Command.script("set -- " + words + "\n" + script, DEADLINE)
                .labelled(what + " in " + root)
                .withInput(line));
    if (!result.succeeded()) {
      throw new HostException(
          HostException.Kind.REFUSED,
          host.name(),
          "cannot "
              + what
              + " in "
              + root
              + " ("
              + result.complaint()
              + "); is the folder yours, and is there room?");
    }
    return result.text();
  }
}
