package org.carillon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that come through a gateway, as a stream that can time out like a socket's: the sign of
 * life that a host is asked for hangs on that. The gateway's reader puts bytes in and waits while
 * {@link #CAP_BYTES} are unread.
 */
final class JumpStream {
  private static final int CAP_BYTES = 4 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> blocks = new ArrayDeque<>();
  private int offset;
  private int unread;
  private boolean ended;
  private long timeoutMillis;

  /** How long a read may wait; 0 for ever. */
  void setTimeoutMillis(long millis) {
    lock.lock();
    try {
      timeoutMillis = millis;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Where the gateway puts bytes. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        put(new byte[] {(byte) value});
      }

      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        put(java.util.Arrays.copyOfRange(bytes, start, start + length));
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  /** Where the connection reads them. */
  InputStream source() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        return take(bytes, start, length);
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  /** No more bytes come; those that are here may still be read. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void put(byte[] block) throws IOException {
    if (block.length == 0) {
      return;
    }
    lock.lock();
    try {
      while (unread >= CAP_BYTES && !ended) {
        changed.awaitUninterruptibly();
      }
      if (ended) {
        throw new IOException("the connection through the gateway is closed");
      }
      blocks.add(block);
      unread += block.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      Deadline deadline = Deadline.in(Duration.ofMillis(timeoutMillis));
      while (unread == 0 && !ended) {
        await(deadline);
      }
      if (unread == 0) {
        return -1;
      }
      byte[] block = blocks.getFirst();
      int taken = Math.min(length, block.length - offset);
      System.arraycopy(block, offset, bytes, start, taken);
      offset += taken;
      unread -= taken;
      if (offset == block.length) {
        blocks.removeFirst();
        offset = 0;
      }
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void await(Deadline deadline) throws IOException {
    try {
      if (timeoutMillis == 0) {
        changed.await();
      } else if (changed.awaitNanos(deadline.remainingNs()) <= 0 && deadline.passed()) {
        throw new SocketTimeoutException(
            "nothing came through the gateway for "
                + TimeUnit.MILLISECONDS.toSeconds(timeoutMillis)
                + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the connection through the gateway is being closed", e);
    }
  }
}
