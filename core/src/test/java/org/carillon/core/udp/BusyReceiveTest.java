package org.carillon.core.udp;

import java.io.IOException;

/** A socket that waits as {@link Waiting#BUSY} says does all that any other does. */
class BusyReceiveTest extends KernelSocketTest {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return KernelSocket.open(settings.withWaiting(Waiting.BUSY), CLOCK);
  }
}
