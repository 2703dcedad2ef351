package org.carillon.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A host over SSH. */
final class SshHost implements Host {
  private static final Duration CLEAN_UP = Duration.ofSeconds(5);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final String name;
  private final SshConnection connection;
  private final SshLimits limits;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ChannelPlaces places;

  SshHost(String name, SshConnection connection, SshLimits limits) {
    this.name = name;
    this.connection = connection;
    this.limits = limits;
    this.places = new ChannelPlaces(name);
    connection.enter();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CommandResult run(Command command) {
    Session session = session();
    Deadline deadline = Deadline.in(command.deadline());
    places.enter(command.summary(), deadline);
    try {
      return run(session, command, deadline);
    } finally {
      places.leave();
    }
  }

  private CommandResult run(Session session, Command command, Deadline deadline) {
    CommandMark mark = new CommandMark();
    StartPermit permit = new StartPermit(mark);
    try {
      return run(session, command, deadline, mark, permit);
    } finally {
      permit.withdraw();
    }
  }

  private CommandResult run(
      Session session, Command command, Deadline deadline, CommandMark mark, StartPermit permit) {
    Set<String> killers = connection.unended().known();
    ShellBootstrap bootstrap =
        ShellBootstrap.of(mark.prelude(), UnendedCommands.before(command.shellText(), killers));
    CommandWatch watch = new CommandWatch(name, command, deadline, permit::heard);
    ChannelExec channel =
        places.open(
            command.summary(),
            deadline,
            () ->
                open(
                    session,
                    command.summary(),
                    deadline,
                    bootstrap.launcher(),
                    FedInput.open(name, bootstrap.script(), command, watch.fedBytes, permit::await),
                    permit,
                    watch));
    places.opened();
    try {
      watch.await(channel::isClosed, () -> channel.getExitStatus() >= 0);
    } catch (HostException e) {
      boolean begun = end(session, channel, permit, mark, watch.out);
      throw begun || e.kind() != HostException.Kind.TIMEOUT ? e : watch.notBegun(e);
    } finally {
      places.closed();
    }
    CommandResult result = result(session, channel, command, mark, watch);
    connection.unended().forget(killers);
    return result;
  }

  /** Opens a channel and starts the command in it. A host that lives does so at once. */
  private ChannelExec open(
      Session session,
      String what,
      Deadline deadline,
      String launcher,
      InputStream input,
      StartPermit permit,
      CommandWatch watch) {
    Deadline opening = deadline.orIn(limits.connect());
    AtomicReference<ChannelExec> opened = new AtomicReference<>();
    try {
      return DeadlineThread.call(
          name,
          "beginning `" + what + "`",
          opening,
          () -> {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            opened.set(channel);
            // The login shell gets a line that means the same in every shell.
            channel.setCommand("exec sh -c '" + launcher + "'");
            channel.setInputStream(input);
            channel.setOutputStream(watch.out);
            channel.setErrStream(watch.err);
            channel.connect(opening.remainingMillis());
            return channel;
          });
    } catch (HostException e) {
      throw notOpened(e, session, what, opening, permit, Optional.ofNullable(opened.get()));
    }
  }

  /** A host refuses a channel by a reason; without one it has said nothing, or is gone. */
  private HostException notOpened(
      HostException failure,
      Session session,
      String what,
      Deadline opening,
      StartPermit permit,
      Optional<ChannelExec> channel) {
    boolean late = failure.kind() == HostException.Kind.TIMEOUT;
    if (!late && !(failure.getCause() instanceof JSchException)) {
      return failure;
    }
    if (!session.isConnected()) {
      return lost("`" + what + "`", failure.getCause());
    }
    if (!late && channel.isPresent() && channel.get().getExitStatus() > 0) {
      return new HostException(
          HostException.Kind.REFUSED,
          name,
          "`%s` did not begin: %s opens no channel for it; see MaxSessions in its sshd_config"
              .formatted(what, connection.hop().where()),
          failure.getCause());
    }
    permit.withdraw();
    connection.drop(session);
    return new HostException(
        HostException.Kind.TIMEOUT,
        name,
        "`%s` did not begin within %s: no answer".formatted(what, opening),
        failure.getCause());
  }

  private HostException lost(String what, Throwable cause) {
    return new HostException(
        HostException.Kind.LOST,
        name,
        "the connection to %s broke during %s, whose effect is unknown"
            .formatted(connection.hop().where(), what),
        cause);
  }

  private CommandResult result(
      Session session, ChannelExec channel, Command command, CommandMark mark, CommandWatch watch) {
    int code = RemoteStatus.of(channel);
    if (code < 0 || code > 255) {
      // A session that breaks ends its channels first; whoever comes next shall find it broken.
      await(MOMENT, () -> !session.isConnected());
      connection.unended().add(mark.killer(watch.out.text()));
      throw lost("`" + command.summary() + "`", null);
    }
    String out = watch.out.text();
    if (!mark.isIn(out)) {
      throw new HostException(
          HostException.Kind.REFUSED,
          name,
          "the login shell of %s ran no command (%s)"
              .formatted(
                  connection.hop().where(),
                  new CommandResult(code, out, watch.err.text()).complaint()));
    }
    return new CommandResult(code, mark.after(out), watch.err.text());
  }

  private static void await(Duration atMost, BooleanSupplier done) {
    Deadline deadline = Deadline.in(atMost);
    try {
      while (!done.getAsBoolean() && !deadline.passed()) {
        deadline.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends a command that broke a limit. One that has not begun does not begin any more. Else it is
   * killed, since closing its channel alone would leave it running: through a second channel, by a
   * thread of its own, because this may hang as well; and where that fails, before anything else
   * begins there.
   *
   * @return whether it had begun
   */
  private boolean end(
      Session session,
      ChannelExec channel,
      StartPermit permit,
      CommandMark mark,
      CappedOutput output) {
    boolean begun = !permit.withdraw();
    Optional<String> killer = mark.killer(output.text());
    connection.unended().add(killer.filter(any -> begun));
    Thread cleaning =
        Thread.ofPlatform()
            .daemon()
            .name("carillon ssh end " + name)
            .start(
                () -> {
                  boolean killed = !begun || killer.isEmpty() || killUnended(session);
                  channel.disconnect();
                  if (!killed) {
                    connection.drop(session);
                  }
                });
    // Somebody who wants to stop is waited for a moment longer: what was begun there shall end.
    boolean interrupted = Thread.interrupted();
    try {
      if (!cleaning.join(CLEAN_UP.multipliedBy(2))) {
        connection.drop(session);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return begun;
  }

  private boolean killUnended(Session session) {
    try {
      return run(session, Command.script(":", CLEAN_UP), Deadline.in(CLEAN_UP)).succeeded();
    } catch (HostException e) {
      return false;
    }
  }

  @Override
  public void upload(Path local, String remote, Duration deadline) {
    RemotePath.require(name, remote);
    new SftpCopy(this, deadline, limits.silence()).upload(local, remote);
  }

  @Override
  public void download(String remote, Path localFile, Duration deadline) {
    RemotePath.require(name, remote);
    new SftpCopy(this, deadline, limits.silence()).download(remote, localFile);
  }

  @Override
  public List<RemoteFile> list(String remoteFolder, Duration deadline) {
    RemotePath.require(name, remoteFolder);
    return new SftpCopy(this, deadline, limits.silence()).list(remoteFolder);
  }

  /** Runs something in an SFTP channel of this host, within its deadline. */
  <T> T withSftp(String what, Deadline deadline, Duration silence, SftpWork<T> work) {
    Session session = session();
    places.enter(what, deadline);
    try {
      return places.open(
          what,
          deadline,
          () ->
              new SftpRun<>(name, what, deadline, silence, limits.connect(), work)
                  .on(session, () -> connection.drop(session)));
    } finally {
      places.leave();
    }
  }

  private Session session() {
    if (closed.get()) {
      throw new HostException(HostException.Kind.LOST, name, "its connection was closed");
    }
    return connection.session();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.leave();
    }
  }
}
