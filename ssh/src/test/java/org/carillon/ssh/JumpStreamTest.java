package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JumpStreamTest {

  @Property(tries = 50)
  void givesEveryByteInOrderHoweverItIsCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9_000) int block) throws IOException {
    JumpStream stream = new JumpStream();
    byte[] content = new byte[50_000];
    Random random = new Random(seed);
    random.nextBytes(content);
    try (OutputStream sink = stream.sink()) {
      for (int start = 0; start < content.length; start += block) {
        sink.write(content, start, Math.min(block, content.length - start));
      }
    }
    assertThat(stream.source().readAllBytes()).isEqualTo(content);
  }

  @Test
  void timesOutAsASocketDoes() throws IOException {
    JumpStream stream = new JumpStream();
    stream.setTimeoutMillis(20);
    assertThatThrownBy(() -> stream.source().read()).isInstanceOf(SocketTimeoutException.class);
    stream.sink().write(7);
    assertThat(stream.source().read()).isEqualTo(7);
  }

  @Test
  void makesTheGatewayWaitWhenNobodyReads() throws Exception {
    JumpStream stream = new JumpStream();
    byte[] content = new byte[20 << 20];
    CompletableFuture<Void> gateway =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream sink = stream.sink()) {
                for (int start = 0; start < content.length; start += 1 << 20) {
                  sink.write(content, start, 1 << 20);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(stream.source().readNBytes(1 << 20)).hasSize(1 << 20);
    assertThat(gateway).isNotDone();
    assertThat(stream.source().readAllBytes()).hasSize(19 << 20);
    gateway.join();
  }

  @Test
  void endsForBothWhenItIsClosed() throws IOException {
    JumpStream stream = new JumpStream();
    stream.source().close();
    assertThat(stream.source().read()).isEqualTo(-1);
    assertThatThrownBy(() -> stream.sink().write(1)).isInstanceOf(IOException.class);
  }
}
