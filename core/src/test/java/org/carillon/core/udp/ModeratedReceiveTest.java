package org.carillon.core.udp;

import java.io.IOException;

/** A socket that waits as {@link Waiting#MODERATED} says does all that any other does. */
class ModeratedReceiveTest extends KernelSocketTest {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return KernelSocket.open(settings.withWaiting(Waiting.MODERATED), CLOCK);
  }
}
