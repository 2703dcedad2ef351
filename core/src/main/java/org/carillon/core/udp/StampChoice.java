package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import org.carillon.core.libc.Platform;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who stamps the datagrams of this process: decided when the first socket is opened, said once in
 * the log.
 *
 * <p>The kernel does, unless it or Java does not offer it, or {@value #PROPERTY} (a system
 * property) or {@value #VARIABLE} (of the environment, asked if there is no property) is {@code
 * user}.
 */
final class StampChoice {

  static final String PROPERTY = "carillon.timestamps";
  static final String VARIABLE = "CARILLON_TIMESTAMPS";

  private static final String USER = "user";
  private static final Logger LOG = LoggerFactory.getLogger(StampChoice.class);

  private StampChoice() {}

  /** What is done to a socket before it is handed out. */
  interface Preparation {
    void apply(NewSocket socket) throws IOException;
  }

  static UdpSocket socket(UdpSettings settings, ClockSource clock, Preparation preparation)
      throws IOException {
    NewSocket socket =
        KernelStamps.OFFERED ? KernelSocket.open(settings, clock) : NioSocket.open(settings, clock);
    try {
      preparation.apply(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  /** Whether the process is asked to stamp datagrams itself. */
  static boolean userAskedFor() {
    return userAskedFor(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        Optional.ofNullable(System.getenv(VARIABLE)));
  }

  static boolean userAskedFor(Optional<String> property, Optional<String> variable) {
    return property
        .or(() -> variable)
        .filter(value -> value.strip().equalsIgnoreCase(USER))
        .isPresent();
  }

  /** Made when the first socket is opened. */
  private static final class KernelStamps {

    static final boolean OFFERED = offered();

    private static boolean offered() {
      if (userAskedFor()) {
        LOG.info("datagrams are stamped by this process, as {} or {} asks", PROPERTY, VARIABLE);
        return false;
      }
      Optional<String> obstacle = Platform.obstacle();
      if (obstacle.isEmpty()) {
        obstacle = tryOut();
      }
      obstacle.ifPresent(
          why ->
              LOG.warn(
                  "the kernel does not stamp datagrams ({}): this process does, late by the time"
                      + " until it is on a processor",
                  why));
      return obstacle.isEmpty();
    }

    /**
     * Asks the kernel for stamps on a socket that stays open as long as the process lives. Linux
     * needs a moment to begin and stops when the last socket that wants stamps is closed; so the
     * first datagram of a socket that is opened only now and then finds it stamping already.
     */
    private static Optional<String> tryOut() {
      try {
        Arena arena = Arena.global();
        SocketDescriptor.open(new LibC(arena), arena).askForStamps();
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(e.getMessage());
      } catch (RuntimeException | LinkageError e) {
        LOG.debug("the foreign-function API cannot be used", e);
        return Optional.of(e.toString());
      }
    }
  }
}
