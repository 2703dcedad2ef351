package org.carillon.ssh;

import java.nio.charset.StandardCharsets;

/**
 * How a script gets to {@code sh}: as the first bytes of its standard input, before what the
 * command itself reads. So the text is neither bent by the rules of a login shell (csh, fish), nor
 * limited to the 128 KiB of one argument, nor shown to others by {@code ps}, nor dependent on a
 * locale.
 *
 * <p>{@code dd bs=1} takes exactly the script: a shell reading its script itself ({@code sh -s})
 * may read ahead and swallow the command's input.
 */
final class ShellBootstrap {
  private ShellBootstrap() {}

  /**
   * What {@code sh -c} has to run; without a character that any login shell treats specially
   * between single quotes.
   */
  static String launcher(byte[] script) {
    return "eval \"$(dd bs=1 count=" + script.length + " 2>/dev/null)\"";
  }

  static byte[] script(String shellText) {
    return shellText.getBytes(StandardCharsets.UTF_8);
  }
}
