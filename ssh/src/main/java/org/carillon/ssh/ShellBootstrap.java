package org.carillon.ssh;

import java.nio.charset.StandardCharsets;

/**
 * How a script gets to {@code sh}: as the first bytes of its standard input, before what the
 * command itself reads. So the text is neither bent by the rules of a login shell (csh, fish), nor
 * limited to the 128 KiB of one argument, nor shown to others by {@code ps}, nor dependent on a
 * locale.
 *
 * <p>{@code dd} takes exactly the script: a shell reading its script itself ({@code sh -s}) may
 * read ahead and swallow the command's input. In one block, because byte by byte the shell is woken
 * for each of them; where {@code dd} knows no full blocks it has read nothing when it says so.
 */
final class ShellBootstrap {
  private ShellBootstrap() {}

  /**
   * What {@code sh -c} has to run; without a character that any login shell treats specially
   * between single quotes.
   */
  static String launcher(byte[] script) {
    return "eval \"$(dd bs=%1$d count=1 iflag=fullblock 2>/dev/null || dd bs=1 count=%1$d 2>/dev/null)\""
        .formatted(script.length);
  }

  static byte[] script(String shellText) {
    return shellText.getBytes(StandardCharsets.UTF_8);
  }
}
