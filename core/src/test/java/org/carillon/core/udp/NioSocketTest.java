package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.carillon.core.record.TimestampSource;
import org.junit.jupiter.api.Test;

class NioSocketTest extends UdpSocketContract {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return NioSocket.open(settings, CLOCK);
  }

  @Override
  TimestampSource source() {
    return TimestampSource.USER;
  }

  @Test
  void nothingIsKnownAboutDrops() throws IOException {
    try (NewSocket socket = bound()) {
      assertThat(socket.drops()).isEmpty();
    }
  }

  @Test
  void nothingIsKnownAboutDepartures() throws IOException {
    try (NewSocket socket = bound(LOOPBACK_4, SMALL.withTransmitStamps())) {
      socket.send(ByteBuffer.allocate(1), socket.localAddress());

      assertThat(socket.transmitTimeNs()).isEmpty();
    }
  }
}
