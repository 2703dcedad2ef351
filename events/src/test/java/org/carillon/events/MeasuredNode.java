package org.carillon.events;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.ClockCells;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.server.TimeServer;

/** Clocks of a node that are measured against a time server in the same process, ChronoTick too. */
public final class MeasuredNode implements AutoCloseable {

  private final ClockSource clock;
  private final TimeServer server;
  private final MeasuredClocks clocks;

  private MeasuredNode(ClockSource clock, Path folder) {
    this.clock = clock;
    this.server =
        TimeServer.start(
            new SystemClock(),
            new TimeServer.Settings(
                List.of(InetAddress.getLoopbackAddress()),
                0,
                OptionalInt.of(0),
                List.of(),
                OptionalInt.of(5),
                OptionalDouble.empty(),
                TimeKeeper.Settings.defaults()));
    this.clocks =
        MeasuredClocks.start(
            new ClockOptions(
                List.of(new HostPort("127.0.0.1", server.port())),
                Optional.of(URI.create("http://127.0.0.1:" + server.httpPort().getAsInt())),
                new TimeKeeper.Settings(Duration.ofSeconds(1), Duration.ofSeconds(1), 50)),
            clock,
            ClockFiles.beside(folder.resolve("worker_n1.csv"), "n1"));
  }

  /** Returns once all clocks are known. */
  public static MeasuredNode start(ClockSource clock, Path folder) {
    MeasuredNode node = new MeasuredNode(clock, folder);
    Await.until(
        () -> {
          ClockCells now = node.clocks.at(Moment.now(clock));
          return now.ntp().isPresent() && now.chronoTick().isPresent();
        });
    return node;
  }

  public MeasuredClocks clocks() {
    return clocks;
  }

  @Override
  public void close() {
    clocks.close();
    server.close();
  }
}
