package org.carillon.ssh;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How a script gets to {@code sh}: as the first bytes of its standard input, before what the
 * command itself reads. So the text is neither bent by the rules of a login shell (csh, fish), nor
 * limited to the 128 KiB of one argument, nor shown to others by {@code ps}, nor dependent on a
 * locale.
 *
 * <p>{@code dd} takes exactly the script: a shell reading its script itself ({@code sh -s}) may
 * read ahead and swallow the command's input. In one block, because byte by byte the shell is woken
 * for each of them; where {@code dd} knows no full blocks it has read nothing when it says so.
 * Alone between its parentheses, which saves every host a process.
 *
 * <p>A script that a broken connection has cut lacks its last word and is not run at all: the half
 * of {@code rm -rf /a/b-old} is another command.
 *
 * @param script the bytes to be fed before anything else
 * @param launcher what {@code sh -c} has to run; without a character that any login shell treats
 *     specially between single quotes
 */
record ShellBootstrap(byte[] script, String launcher) {

  /** Of a shell text of any length, without NUL. */
  static ShellBootstrap of(String shellText) {
    // Nobody can foresee it, so no part of a script ends with it by chance.
    String lastWord = UUID.randomUUID().toString();
    byte[] script =
        ("unset CARILLON_SCRIPT\n" + shellText + lastWord).getBytes(StandardCharsets.UTF_8);
    String launcher =
        ("CARILLON_SCRIPT=$(dd bs=%1$d count=1 iflag=fullblock 2>/dev/null);"
                + " [ -n \"$CARILLON_SCRIPT\" ] || CARILLON_SCRIPT=$(dd bs=1 count=%1$d 2>/dev/null);"
                + " case $CARILLON_SCRIPT in *%2$s) eval \"${CARILLON_SCRIPT%%%2$s}\";; *) exit 1;; esac")
            .formatted(script.length, lastWord);
    return new ShellBootstrap(script, launcher);
  }
}
