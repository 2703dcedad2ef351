package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.failure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SshConnectionTest {

  private final CountDownLatch allWait = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  private SshConnection to(ServerSocket server) {
    Hop hop =
        new Hop(
            "gateway",
            "127.0.0.1",
            server.getLocalPort(),
            "nobody",
            "gateway",
            false,
            List.of(),
            false,
            Optional.empty(),
            List.of(),
            false,
            HostKeyPolicy.STRICT);
    return new SshConnection(hop, Optional.empty(), SshLimits.defaults());
  }

  private void refuse(ServerSocket server) {
    try {
      while (true) {
        try (Socket visitor = server.accept()) {
          asked.incrementAndGet();
          allWait.await();
          visitor.getOutputStream().write("Go away.\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException | InterruptedException e) {
      // The test is over.
    }
  }

  @Test
  void whoWaitsForTheAttemptOfAnotherOneFailsWithIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> refuse(server));
      SshConnection gateway = to(server);
      ConcurrentLinkedQueue<HostException> failures = new ConcurrentLinkedQueue<>();
      List<Thread> hosts =
          IntStream.range(0, 4)
              .mapToObj(
                  i -> Thread.ofPlatform().start(() -> failures.add(failure(gateway::session))))
              .toList();
      Await.until(
          "three wait for the first",
          () -> hosts.stream().filter(it -> it.getState() == Thread.State.BLOCKED).count() == 3);
      allWait.countDown();
      for (Thread host : hosts) {
        host.join();
      }
      int askedOnce = asked.getAndSet(0);
      assertThat(failures)
          .hasSize(4)
          .extracting(HostException::getMessage)
          .containsOnly(failures.peek().getMessage());

      failure(gateway::session);
      assertThat(askedOnce).as("as often as one alone asks").isEqualTo(asked.get());
    }
  }
}
