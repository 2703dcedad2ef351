package org.carillon.ssh;

import com.jcraft.jsch.ChannelExec;
import java.util.Map;

/** How a command on a host ended, as a shell would tell it. */
final class RemoteStatus {

  /** Signal names of RFC 4254 6.10 with their Linux numbers. */
  private static final Map<String, Integer> SIGNALS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("ABRT", 6),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));

  private RemoteStatus() {}

  /** Its exit code, or 128 and the number of the signal that ended it; -1 if nobody told. */
  static int of(ChannelExec channel) {
    int code = channel.getExitStatus();
    if (code >= 0 || channel.getExitSignal() == null) {
      return code;
    }
    Integer signal = SIGNALS.get(channel.getExitSignal().replaceFirst("^SIG", ""));
    return signal == null ? -1 : 128 + signal;
  }
}
