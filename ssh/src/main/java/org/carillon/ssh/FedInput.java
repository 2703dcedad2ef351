package org.carillon.ssh;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A script and then what the command reads, counted, so that a feed that stands still is noticed.
 */
final class FedInput extends FilterInputStream {
  private final AtomicLong fedBytes;

  private FedInput(InputStream in, AtomicLong fedBytes) {
    super(in);
    this.fedBytes = fedBytes;
  }

  /**
   * @throws HostException if the input cannot be opened; nothing has begun then
   */
  static FedInput open(String host, byte[] script, Command command, AtomicLong fedBytes) {
    try {
      return new FedInput(
          new SequenceInputStream(new ByteArrayInputStream(script), command.input().open()),
          fedBytes);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.SETTINGS,
          host,
          "cannot read the input of `%s`: %s".formatted(command.summary(), LocalCopy.reason(e)),
          e);
    }
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      fedBytes.incrementAndGet();
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      fedBytes.addAndGet(count);
    }
    return count;
  }
}
