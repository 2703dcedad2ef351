package org.carillon.ssh;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A script and then what the command reads, counted, so that a feed that stands still is noticed.
 * Nothing of it is read before the command may begin, and nothing at all if it may not.
 */
final class FedInput extends FilterInputStream {
  private final AtomicLong fedBytes;

  private final BooleanSupplier mayBegin;

  private FedInput(InputStream in, AtomicLong fedBytes, BooleanSupplier mayBegin) {
    super(in);
    this.fedBytes = fedBytes;
    this.mayBegin = mayBegin;
  }

  /**
   * @param mayBegin waits until that is known
   * @throws HostException if the input cannot be opened; nothing has begun then
   */
  static FedInput open(
      String host, byte[] script, Command command, AtomicLong fedBytes, BooleanSupplier mayBegin) {
    try {
      return new FedInput(
          new SequenceInputStream(new ByteArrayInputStream(script), command.input().open()),
          fedBytes,
          mayBegin);
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
    int value = mayBegin.getAsBoolean() ? super.read() : -1;
    if (value >= 0) {
      fedBytes.incrementAndGet();
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = mayBegin.getAsBoolean() ? super.read(bytes, offset, length) : -1;
    if (count > 0) {
      fedBytes.addAndGet(count);
    }
    return count;
  }
}
