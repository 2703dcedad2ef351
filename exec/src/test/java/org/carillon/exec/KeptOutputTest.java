package org.carillon.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptOutputTest {

  /** Something that could not be ended, and goes on writing. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return '.';
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
      Thread.yield();
      return 1;
    }
  }

  @Test
  void whatGoesOnWritingIsGivenUpAndThatIsTold(@TempDir Path folder) throws Exception {
    KeptOutput output = new KeptOutput(new Endless(), folder.resolve("out"), 10);
    output.close(Duration.ofMillis(20), 3);
    assertThat(output.fault()).hasValueSatisfying(it -> assertThat(it).contains("is not whole"));
  }
}
