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
  /** What the work may take to notice by itself that its time is over or the connection gone. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

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
        if (!session.isConnected() && !thread.join(LAST_WORD)) {
          throw lost(null);
        }
        if (deadline.passed() && !thread.join(LAST_WORD)) {
          drop.run();
          throw late();
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

  private HostException late() {
    return timeout(what + " was not done within " + deadline);
  }

  private HostException timeout(String complaint) {
    return new HostException(HostException.Kind.TIMEOUT, host, complaint);
  }

  private HostException explain(Throwable cause, Session session) {
    return switch (cause) {
      case Throwable known when inside(known, HostException.class) != null ->
          inside(known, HostException.class);
      case Throwable nonsense when inside(nonsense, IllegalArgumentException.class) != null ->
          refused(inside(nonsense, IllegalArgumentException.class).getMessage(), nonsense);
      case JSchException closed when session.isConnected() -> notOpened(closed);
      case SftpException failed when failed.getCause() == null -> refused(reason(failed), failed);
      case Throwable local when inside(local, LocalFileException.class) != null ->
          refused(LocalCopy.reason(inside(local, LocalFileException.class).failure()), local);
      // Whatever else comes from below a transfer is the connection.
      default -> lost(cause);
    };
  }

  private HostException lost(Throwable cause) {
    return new HostException(
        HostException.Kind.LOST, host, "the connection broke during " + what, cause);
  }

  /** The server says so by a reason; without one it has said nothing. */
  private HostException notOpened(JSchException cause) {
    return channel == null || channel.getExitStatus() < 0
        ? new HostException(
            HostException.Kind.TIMEOUT,
            host,
            what + " did not begin within " + deadline.orIn(opening) + ": no answer",
            cause)
        : refused(
            "it opens no channel for SFTP; see Subsystem and MaxSessions in its sshd_config",
            cause);
  }

  private HostException refused(String reason, Throwable cause) {
    return new HostException(HostException.Kind.REFUSED, host, what + " failed: " + reason, cause);
  }

  private static String reason(SftpException answer) {
    return switch (answer.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> "there is no such file or folder";
      case ChannelSftp.SSH_FX_PERMISSION_DENIED -> "no permission";
      default -> answer.getMessage();
    };
  }

  /** The first of that kind among a failure and its causes, or null. */
  private static <F extends Throwable> F inside(Throwable failure, Class<F> kind) {
    Throwable cause = failure;
    while (cause != null && !kind.isInstance(cause)) {
      cause = cause.getCause();
    }
    return kind.cast(cause);
  }

  private final class Progress implements SftpProgressMonitor {
    @Override
    public void init(int operation, String source, String destination, long maxBytes) {
      // The size is known from elsewhere.
    }

    /**
     * Throws at the deadline: where false is returned, JSch can wait for ever for what it asked.
     */
    @Override
    public boolean count(long bytes) {
      movedBytes.addAndGet(bytes);
      if (deadline.passed()) {
        throw late();
      }
      return true;
    }

    @Override
    public void end() {
      // The channel says so itself.
    }
  }
}
