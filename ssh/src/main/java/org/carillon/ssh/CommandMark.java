package org.carillon.ssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line by which a host says that it is ready to begin a command, and as which process. What
 * stands before it in the output comes from the login shell's start files; and by pid and start
 * time the command can be ended later.
 */
final class CommandMark {
  /** pid (comm) state ppid pgrp …; field 22, the start time, is the 20th after the name. */
  private static final Pattern STAT =
      Pattern.compile("(\\d+) \\(.*\\) \\S+ \\d+ (\\d+)(?: -?\\d+){16} (\\d+) .*");

  private final String nonce = Nonce.fresh();

  /**
   * What is done before the script is read; without a character that any login shell treats
   * specially between single quotes. Where there is no {@code /proc}, the mark is bare. What nobody
   * hears of any more, since its channel was closed, does not begin.
   */
  String prelude() {
    return "CARILLON_STAT=; { read -r CARILLON_STAT </proc/$$/stat; } 2>/dev/null; echo "
        + nonce
        + " \"$CARILLON_STAT\" || exit 1; unset CARILLON_STAT; ";
  }

  /** Whether the host is ready to begin it. */
  boolean isIn(String out) {
    return stat(out).isPresent();
  }

  /** The output of the command itself. */
  String after(String out) {
    return stat(out).map(stat -> out.substring(stat.end() + 1)).orElse(out);
  }

  /**
   * A script that kills the command and its process group, if it is still the same process, and
   * waits up to 2 s until none of them is left.
   */
  Optional<String> killer(String out) {
    Optional<Part> stat = stat(out);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = STAT.matcher(out).region(stat.get().begin(), stat.get().end());
    if (!matcher.matches() || !matcher.group(1).equals(matcher.group(2))) {
      return Optional.empty();
    }
    return Optional.of(
        """
        { read -r stat </proc/%1$s/stat; } 2>/dev/null || exit 0
        set -- ${stat##*") "}
        [ "${20}" = %2$s ] || exit 0
        kill -s KILL -- -%1$s
        tries=0
        while kill -s 0 -- -%1$s && [ "$tries" -lt 20 ]; do
          tries=$((tries + 1))
          sleep 0.1
        done
        """
            .formatted(matcher.group(1), matcher.group(3)));
  }

  /** Of a text, from one place to before another. */
  private record Part(int begin, int end) {}

  /**
   * What the line says of the process, which may be nothing. A shell that echoes the script as it
   * reads it has another sign there.
   */
  private Optional<Part> stat(String out) {
    for (int at = out.indexOf(nonce); at >= 0; at = out.indexOf(nonce, at + 1)) {
      int begin = at + nonce.length() + 1;
      int end = out.indexOf('\n', at);
      if (begin <= end && (begin == end || Character.isDigit(out.charAt(begin)))) {
        return Optional.of(new Part(begin, end));
      }
    }
    return Optional.empty();
  }
}
