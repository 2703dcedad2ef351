package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.wire.StatusMessage;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Somebody without the identity, while a run goes on. */
@Timeout(180)
class StrangersTest {

  private static final int REFUSED_WITHIN_MS = 60_000;

  private final Logger log = (Logger) LoggerFactory.getLogger(Strangers.class);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          told.add(event.getFormattedMessage());
        }
      };
  private AgentFixture agent;
  private TestCoordinator coordinator;

  @BeforeEach
  void beginARun() throws InterruptedException {
    appender.start();
    log.addAppender(appender);
    agent = new AgentFixture().run();
    coordinator = new TestCoordinator(agent.port());
    coordinator.config(1, TestCoordinator.CONFIG).await(StatusMessage::hasReady);
    coordinator.start(2, agent.clock.nowNs() + 500_000_000L);
    coordinator.await(StatusMessage::hasRunning);
  }

  @AfterEach
  void theRunWasUndisturbed() throws Exception {
    try (AgentFixture worker = agent;
        TestCoordinator stream = coordinator) {
      assertThat(told.poll(60, TimeUnit.SECONDS))
          .contains("127.0.0.1")
          .contains("did not show this run's identity");
      // Everything that was kept while nobody acknowledged, and one of now.
      long nowNs = worker.clock.nowNs();
      awaitAcknowledging(
          stream,
          status -> status.getRunning().getProgress().getClock().getReading().getBestNs() > nowNs);
      assertThat(stream.end).isNotDone();
      worker.workload.finished.run();
      awaitAcknowledging(stream, StatusMessage::hasCompleted);
      stream.goodbye(3);
      assertThat(worker.outcome().exitCode()).isEqualTo(ExitCode.SUCCESS);
      assertThat(told).as("told once").isEmpty();
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void anotherCertificateIsRefused() throws Exception {
    try (TestCoordinator stranger =
        new TestCoordinator(agent.port(), RunIdentity.create().channelCredentials())) {
      stranger.config(1, TestCoordinator.CONFIG);
      assertThat(stranger.end.get(60, TimeUnit.SECONDS)).isNotNull();
      assertThat(stranger.statuses).isEmpty();
    }
  }

  @Test
  void noCertificateAndNoTlsAreRefused() throws Exception {
    try (TestCoordinator noCertificate =
            new TestCoordinator(agent.port(), TlsChannelCredentials.create());
        TestCoordinator noTls =
            new TestCoordinator(agent.port(), InsecureChannelCredentials.create())) {
      assertThat(noCertificate.end.get(60, TimeUnit.SECONDS)).isNotNull();
      assertThat(noTls.end.get(60, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void garbageIsRefused() throws Exception {
    byte[] garbage = new byte[100_000];
    new Random(5).nextBytes(garbage);
    for (byte[] bytes :
        List.of(
            garbage,
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3})) {
      try (Socket socket = connect()) {
        try {
          socket.getOutputStream().write(bytes);
        } catch (IOException _) {
          // Refused before it had heard everything.
        }
        awaitRefusal(socket);
      }
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosedAfterItsTime() throws Exception {
    try (Socket silent = connect()) {
      awaitRefusal(silent);
    }
  }

  @Test
  void aThousandIdleConnectionsTakeNoMoreThanTheirPlaceAndLetACoordinatorIn() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        crowd.add(connect());
      }
      // One more while a newcomer takes the place of another.
      assertThat(agent.agent.unprovenConnections())
          .isLessThanOrEqualTo(ConnectionGate.UNPROVEN_PER_ADDRESS_MAX + 1);
      try (TestCoordinator second = new TestCoordinator(agent.port())) {
        second.ping(7);
        assertThat(second.await(StatusMessage::hasPong).getPong().getNumber()).isEqualTo(7);
      }
      awaitRefusal(crowd.getFirst());
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  /** A worker goes on sending only to somebody who acknowledges. */
  private static void awaitAcknowledging(TestCoordinator stream, Predicate<StatusMessage> kind)
      throws InterruptedException {
    StatusMessage heard;
    do {
      heard = stream.await(status -> true);
      stream.acknowledge(heard.getSequence());
    } while (!kind.test(heard));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port()),
        (int) Duration.ofSeconds(60).toMillis());
    socket.setSoTimeout(REFUSED_WITHIN_MS);
    return socket;
  }

  /** The end of the stream, or a reset; a timeout is neither. */
  private static void awaitRefusal(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // What it is told before, such as a TLS alert, is of no interest.
      }
    } catch (java.net.SocketException _) {
      // Reset.
    }
  }
}
