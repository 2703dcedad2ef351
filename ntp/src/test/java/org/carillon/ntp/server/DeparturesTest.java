package org.carillon.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.carillon.ntp.wire.NtpPacket;
import org.junit.jupiter.api.Test;

class DeparturesTest {

  private static final InetAddress CLIENT = address(1);
  private static final long RECEIVE = 77;
  private static final long TRANSMIT = 99;

  private final Departures departures = new Departures();

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static NtpPacket naming(long receive) {
    return NtpPacket.request(receive, 5, 6);
  }

  @Test
  void aDepartureIsToldOnceToWhomItConcerns() {
    departures.keep(CLIENT, RECEIVE, TRANSMIT);

    assertThat(departures.take(address(2), naming(RECEIVE))).isEmpty();
    assertThat(departures.take(CLIENT, naming(RECEIVE + 1))).isEmpty();
    assertThat(departures.take(CLIENT, naming(RECEIVE))).hasValue(TRANSMIT);
    assertThat(departures.take(CLIENT, naming(RECEIVE))).isEmpty();
  }

  @Test
  void nobodyIsToldWhoCouldNotTellTheAnswersApart() {
    departures.keep(CLIENT, RECEIVE, TRANSMIT);

    assertThat(departures.take(CLIENT, NtpPacket.request(6))).isEmpty();
    assertThat(departures.take(CLIENT, NtpPacket.request(RECEIVE, 6, 6))).isEmpty();
  }

  @Test
  void theOldestGiveWay() {
    for (int i = 0; i <= Departures.KEPT_MAX; i++) {
      departures.keep(CLIENT, 1_000 + i, i);
    }

    assertThat(departures.take(CLIENT, naming(1_000))).isEmpty();
    assertThat(departures.take(CLIENT, naming(1_001))).hasValue(1);
    assertThat(departures.take(CLIENT, naming(1_000 + Departures.KEPT_MAX)))
        .hasValue(Departures.KEPT_MAX);
  }
}
