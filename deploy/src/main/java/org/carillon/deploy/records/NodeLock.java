package org.carillon.deploy.records;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.ShellWords;

/**
 * The folder {@code ROOT/lock} on one node. It holds one file, under a name by chance, whose one
 * line says who holds the lock.
 *
 * <p>A folder with a file is put in place by one rename, which fails as long as there is a folder
 * that is not empty; and whoever takes a file away by its name takes away none but that one. So two
 * can neither take the lock both nor give back each other's, on network filesystems too (POSIX
 * rename and unlink).
 */
final class NodeLock {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  // What is there twice in a row is held; once, its holder may be about to give it back.
  private static final String TAKE =
      """
      umask 027
      mkdir -p -- "$1" && CDPATH= cd -- "$1" || exit 1
      if [ -e "lock/$2" ]; then echo taken; exit; fi
      trap 'rm -rf "lock.$2"' EXIT
      mkdir "lock.$2" && printf '%s\n' "$3" >"lock.$2/$2" || exit 1
      for c_try in 1 2 3; do
        if c_said=$(mv -fT -- "lock.$2" lock 2>&1); then echo taken; exit; fi
        for c_file in lock/* lock; do
          # Gone since it was seen: its holder has just given it back.
          c_line=$(cat -- "$c_file" 2>/dev/null) || continue
          printf 'held %s\n%s\n' "${c_file#lock}" "$c_line"
          exit
        done
      done
      printf '%s\n' "$c_said" >&2
      exit 1
      """;

  private static final String HOLDER =
      """
      for c_file in "$1"/lock/* "$1"/lock; do
        if cat -- "$c_file" 2>/dev/null; then exit; fi
      done
      """;

  private static final String GIVE_BACK =
      """
      CDPATH= cd -- "$1" 2>/dev/null || exit 0
      rm -f -- "lock$2" || exit 1
      rmdir lock 2>/dev/null || :
      """;

  private final Host host;
  private final String root;
  private final String name;

  /**
   * @param name of our file: no other deployment has the same, and all calls of ours have it
   */
  NodeLock(Host host, String root, String name) {
    this.host = host;
    this.root = root;
    this.name = name;
  }

  /**
   * What somebody else has there.
   *
   * @param file below {@code ROOT/lock}: {@code /NAME}; empty if there is a file in that place
   * @param line who that is
   */
  record Held(String file, String line) {}

  String host() {
    return host.name();
  }

  /**
   * Takes it; may be repeated after an answer that was lost.
   *
   * @return what somebody else has there; empty if it is ours now
   */
  Optional<Held> tryTake(String line) {
    String said = run("take the lock", TAKE, name, line);
    if (said.equals("taken")) {
      return Optional.empty();
    }
    String[] lines = said.split("\n", 2);
    return Optional.of(
        new Held(
            lines[0].substring("held".length()).strip(), lines.length > 1 ? lines[1].strip() : ""));
  }

  /** Who has it, as far as that can be told. */
  Optional<LockHolder> holder() {
    return LockHolder.parse(run("read the lock", HOLDER, name, ""));
  }

  /** Takes it away from somebody, if it is still theirs. */
  void breakUp(Held held) {
    run("break the lock", GIVE_BACK, held.file(), "");
  }

  /** Gives it back, if it is still ours. */
  void release() {
    run("give the lock back", GIVE_BACK, "/" + name, "");
  }

  private String run(String what, String script, String file, String line) {
    // The line in the command, not behind it: what a cut connection shortens is no command any
    // more.
    String words = ShellWords.join(List.of(root, file, line));
    CommandResult result =
        host.run(
            Command.script("set -- " + words + "\n" + script, DEADLINE)
                .labelled(what + " in " + root));
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
