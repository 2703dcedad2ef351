package org.carillon.ssh;

import java.nio.charset.StandardCharsets;

/**
 * How a script gets to {@code sh}: as the first bytes of its standard input, before what the
 * command itself reads. So the text is neither bent by the rules of a login shell (csh, fish), nor
 * limited to the 128 KiB of one argument, nor shown to others by {@code ps}, nor dependent on a
 * locale.
 *
 * <p>What is one short line, as most commands are, the shell reads by itself, which takes no other
 * process on the host; {@code read} stops at the end of the line by rule. Of anything longer {@code
 * dd} takes exactly the script: a shell reading its script itself ({@code sh -s}) may read ahead
 * and swallow the command's input. In one block, because byte by byte the shell is woken for each
 * of them; where {@code dd} knows no full blocks it has read nothing when it says so. Alone between
 * its parentheses, which saves every host a process.
 *
 * <p>A script that a broken connection has cut lacks its last word and is not run at all: the half
 * of {@code rm -rf /a/b-old} is another command.
 *
 * @param script the bytes to be fed before anything else
 * @param launcher what {@code sh -c} has to run; without a character that any login shell treats
 *     specially between single quotes
 */
record ShellBootstrap(byte[] script, String launcher) {

  /** A shell reads a line byte by byte: of longer ones that takes longer than a process. */
  private static final int LINE_CHARS_MAX = 1_000;

  /** Of a shell text of any length, without NUL. */
  static ShellBootstrap of(String shellText) {
    return of("", shellText);
  }

  /**
   * Of a shell text of any length, without NUL, and what is done before it is read.
   *
   * @param prelude ends with a semicolon if there is any; without a character that any login shell
   *     treats specially between single quotes
   */
  static ShellBootstrap of(String prelude, String shellText) {
    // Nobody can foresee it, so no part of a script ends with it by chance.
    String lastWord = Nonce.fresh();
    String script = "unset CARILLON_SCRIPT; " + shellText + lastWord;
    return shellText.indexOf('\n') < 0 && shellText.length() <= LINE_CHARS_MAX
        ? line(prelude, script, lastWord)
        : block(prelude, script, lastWord);
  }

  private static ShellBootstrap line(String prelude, String text, String lastWord) {
    String launcher = prelude + "IFS= read -r CARILLON_SCRIPT || exit 1; " + whole(lastWord);
    return new ShellBootstrap((text + "\n").getBytes(StandardCharsets.UTF_8), launcher);
  }

  private static ShellBootstrap block(String prelude, String text, String lastWord) {
    byte[] script = text.getBytes(StandardCharsets.UTF_8);
    String launcher =
        prelude
            + "CARILLON_SCRIPT=$(dd bs="
            + script.length
            + " count=1 iflag=fullblock 2>/dev/null);"
            + " [ -n \"$CARILLON_SCRIPT\" ] || CARILLON_SCRIPT=$(dd bs=1 count="
            + script.length
            + " 2>/dev/null); "
            + whole(lastWord);
    return new ShellBootstrap(script, launcher);
  }

  /**
   * Runs the script if it came whole. Put together without a format: for its numbers, Java would
   * first read all that it knows of languages.
   */
  private static String whole(String lastWord) {
    return "case $CARILLON_SCRIPT in *"
        + lastWord
        + ") eval \"${CARILLON_SCRIPT%"
        + lastWord
        + "}\";; *) exit 1;; esac";
  }
}
