package org.carillon.ssh;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line by which a command on a host says that it begins, and as which process. What stands
 * before it in the output comes from the login shell's start files; and by pid and start time the
 * command can be ended later.
 */
final class CommandMark {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String nonce;
  private final Pattern line;

  CommandMark() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    nonce = HexFormat.of().formatHex(bits);
    // pid (comm) state ppid pgrp …; field 22, the start time, is the 20th after the name.
    line =
        Pattern.compile(
            nonce + " (?:(\\d+) \\(.*\\) \\S+ \\d+ (\\d+)(?: -?\\d+){16} (\\d+) .*)?\n");
  }

  /**
   * What the script begins with. Where there is no {@code /proc}, the mark is bare. What nobody
   * hears of any more, since its channel was closed, does not begin.
   */
  String prelude() {
    return "CARILLON_STAT=; { read -r CARILLON_STAT </proc/$$/stat; } 2>/dev/null\n"
        + "printf '%s %s\\n' "
        + nonce
        + " \"$CARILLON_STAT\" || exit 1; unset CARILLON_STAT\n";
  }

  /** Whether the command has begun. */
  boolean isIn(String out) {
    return line.matcher(out).find();
  }

  /** The output of the command itself. */
  String after(String out) {
    Matcher matcher = line.matcher(out);
    return matcher.find() ? out.substring(matcher.end()) : out;
  }

  /** A script that kills the command and its process group, if it is still the same process. */
  Optional<String> killer(String out) {
    Matcher matcher = line.matcher(out);
    if (!matcher.find() || matcher.group(1) == null || !matcher.group(1).equals(matcher.group(2))) {
      return Optional.empty();
    }
    return Optional.of(
        """
        { read -r stat </proc/%1$s/stat; } 2>/dev/null || exit 0
        set -- ${stat##*") "}
        [ "${20}" = %2$s ] || exit 0
        kill -s KILL -- -%1$s
        """
            .formatted(matcher.group(1), matcher.group(3)));
  }
}
