package org.carillon.core.udp;

import java.io.IOException;

/** A socket that never waits does all that any other does. */
class BusyNioSocketTest extends NioSocketTest {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return NioSocket.open(settings.withWaiting(Waiting.BUSY), CLOCK);
  }
}
