package org.carillon.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One piece of work in one SFTP channel, watched from outside: a flush of JSch's can wait for ever
 * while the connection is fine, so the work runs on a thread that can be left behind.
 */
final class SftpRun<T> {
  private final String host;
  private final String what;
  private final Deadline deadline;
  private final Duration silence;
  private final Duration opening;
  private final SftpWork<T> work;
  private final AtomicLong movedBytes = new AtomicLong();
  private volatile ChannelSftp channel;
  private volatile T result;
  private volatile Throwable failure;

  SftpRun(
      String host,
      String what,
      Deadline deadline,
      Duration silence,
      Duration opening,
      SftpWork<T> work) {
    this.host = host;
    this.what = what;
    this.deadline = deadline;
    this.silence = silence;
    this.opening = opening;
    this.work = work;
  }

  /**
   * @param drop gives the session up, since it hangs
   */
  T on(Session session, Runnable drop) {
    Thread thread =
        Thread.ofPlatform().daemon().name("carillon sftp " + host).start(() -> work(session));
    Deadline standstill = Deadline.in(silence);
    long seenBytes = 0;
    try {
      while (!thread.join(Duration.ofMillis(2))) {
        long bytes = movedBytes.get();
        if (bytes > seenBytes) {
          seenBytes = bytes;
          standstill = Deadline.in(silence);
        }
        if (deadline.passed()) {
          drop.run();
          throw timeout(what + " was not done within " + deadline);
        }
        if (standstill.passed()) {
          drop.run();
          throw timeout(what + " stood still for " + standstill);
        }
      }
    } catch (InterruptedException e) {
      drop.run();
      throw CommandWatch.interrupted(host, what, e);
    }
    if (failure != null) {
      throw explain(failure, session);
    }
    return result;
  }

  private void work(Session session) {
    try {
      channel = (ChannelSftp) session.openChannel("sftp");
      channel.connect(deadline.orIn(opening).remainingMillis());
      result = work.in(channel, new Progress());
    } catch (JSchException | SftpException | IOException | RuntimeException e) {
      failure = e;
    } finally {
      if (channel != null) {
        channel.disconnect();
      }
    }
  }

  private HostException timeout(String complaint) {
    return new HostException(HostException.Kind.TIMEOUT, host, complaint);
  }

  private HostException explain(Throwable cause, Session session) {
    if (cause instanceof HostException known) {
      return known;
    }
    if (!session.isConnected()) {
      return new HostException(
          HostException.Kind.LOST, host, "the connection broke during " + what, cause);
    }
    String reason =
        switch (cause) {
          case SftpException refused when refused.id == ChannelSftp.SSH_FX_NO_SUCH_FILE ->
              "there is no such file or folder";
          case SftpException refused when refused.id == ChannelSftp.SSH_FX_PERMISSION_DENIED ->
              "no permission";
          case IOException file -> LocalCopy.reason(file);
          case JSchException closed -> "no SFTP channel (" + closed.getMessage() + ")";
          default -> cause.getMessage();
        };
    return new HostException(HostException.Kind.REFUSED, host, what + " failed: " + reason, cause);
  }

  private final class Progress implements SftpProgressMonitor {
    @Override
    public void init(int operation, String source, String destination, long maxBytes) {
      // The size is known from elsewhere.
    }

    @Override
    public boolean count(long bytes) {
      movedBytes.addAndGet(bytes);
      return !deadline.passed();
    }

    @Override
    public void end() {
      // The channel says so itself.
    }
  }
}
