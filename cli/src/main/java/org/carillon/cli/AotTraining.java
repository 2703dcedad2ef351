package org.carillon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.event.WireFormat;
import org.carillon.core.time.SystemClock;
import org.carillon.core.udp.Datagram;
import org.carillon.core.udp.UdpSettings;
import org.carillon.core.udp.UdpSocket;
import org.carillon.ssh.SshHosts;

/**
 * Loads what the named executables load at their start, so that the build can record it in an
 * ahead-of-time cache: each command is made, parsed and asked for its help in one process, and a
 * datagram is received, and an event is passed as JSON. Analyze also judges a run that is made up,
 * see {@link AnalysisRehearsal}; what a control stream needs is loaded if an identity is at hand,
 * in the file that the environment names.
 */
final class AotTraining {

  /** Making an identity takes libraries that a compute node does not have. */
  private static final String IDENTITY = "CARILLON_AOT_IDENTITY";

  /** Names an OpenSSH configuration by which rehearsal1, rehearsal2, … are hosts to log in to. */
  private static final String SSH_CONFIG = "CARILLON_AOT_SSH_CONFIG";

  private AotTraining() {}

  /** Takes the names of executables, such as {@code worker coordinator}. */
  public static void main(String[] executables)
      throws ReflectiveOperationException, IOException, InterruptedException {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (String executable : executables) {
      Object command = Executable.command(executable);
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--help");
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--version");
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--no-such-option");
      new LogOptions().apply();
      if (executable.equals("analyze")) {
        AnalysisRehearsal.perform(nowhere);
      }
      if (executable.equals("hosts")) {
        askHosts(nowhere);
      }
    }
    if (!List.of(executables).equals(List.of("hosts"))) {
      receiveOneDatagram();
      passEventAsJson();
    }
    if (System.getenv(IDENTITY) != null) {
      ControlRehearsal.conduct(RunIdentity.read(Path.of(System.getenv(IDENTITY))));
    }
  }

  /** Linking the calls of the C library takes classes of its own. */
  private static void receiveOneDatagram() throws IOException {
    UdpSettings settings = new UdpSettings(64, 1, OptionalInt.of(1 << 16));
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (UdpSocket socket = UdpSocket.bound(loopback, settings, new SystemClock())) {
      socket.send(ByteBuffer.allocate(1), socket.localAddress());
      socket.receive(Duration.ofSeconds(1).toNanos(), Datagram::source);
    }
  }

  /** What JSON takes is the same for events and for the files that say how a process is. */
  private static void passEventAsJson() {
    ByteBuffer datagram = ByteBuffer.allocate(1024);
    WireFormat.JSON.codec().encode(new Event(OptionalLong.empty(), 1, 0, 1, new byte[1]), datagram);
    EventCodec.decode(datagram.flip());
  }

  /** A login takes three hundred classes, and the arithmetic of its keys most of its time. */
  private static void askHosts(PrintWriter nowhere) throws ReflectiveOperationException {
    SshHosts.makeReady();
    execute(nowhere, "list", "-w", "n[1-9]");
    String config = System.getenv(SSH_CONFIG);
    if (config != null && !config.isEmpty()) {
      Path folder = Path.of(config).resolveSibling("copied");
      String copied = folder.resolve("config").toString();
      execute(nowhere, "run", "-F", config, "-w", "rehearsal[1-32]", "--", "echo", "ok");
      execute(nowhere, "copy", "-F", config, "-w", "rehearsal1", config, folder + "/");
      execute(nowhere, "fetch", "-F", config, "-w", "rehearsal1", copied, folder.toString());
      Signals.ended(0);
    }
  }

  private static void execute(PrintWriter nowhere, String... words)
      throws ReflectiveOperationException {
    Executable.commandLine(Executable.command("hosts")).setOut(nowhere).execute(words);
  }
}
