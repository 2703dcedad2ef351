package org.carillon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** This machine, without any connection. */
public final class LocalHost implements Host {
  private final String name;
  private final Path home;

  /**
   * @param name how a user knows it
   */
  public LocalHost(String name) {
    this(name, home(System.getProperty("user.home")));
  }

  /**
   * @param home where commands run and relative paths begin; an existing folder
   */
  public LocalHost(String name, Path home) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a host has a name");
    }
    this.name = name;
    this.home = home.toAbsolutePath();
  }

  private static Path home(String folder) {
    Path home = Path.of(folder);
    // Service accounts often have a home that does not exist.
    return Files.isDirectory(home) ? home : Path.of("/");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CommandResult run(Command command) {
    Deadline deadline = Deadline.in(command.deadline());
    ShellBootstrap bootstrap = ShellBootstrap.of(command.shellText());
    CommandWatch watch = new CommandWatch(name, command, deadline);
    InputStream input =
        FedInput.open(name, bootstrap.script(), command, watch.fedBytes, () -> true);
    Process process;
    try {
      // A session of its own gives a process group to kill, and keeps a terminal's Ctrl-C out.
      process =
          new ProcessBuilder("setsid", "sh", "-c", bootstrap.launcher())
              .directory(home.toFile())
              .start();
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.REFUSED, name, "cannot start setsid and sh in " + home, e);
    }
    feed(process, input);
    drain(process.getInputStream(), watch.out);
    drain(process.getErrorStream(), watch.err);
    try {
      watch.await(
          () -> !process.isAlive() && watch.out.isClosed() && watch.err.isClosed(),
          () -> !process.isAlive());
      return new CommandResult(process.exitValue(), watch.out.text(), watch.err.text());
    } finally {
      kill(process);
    }
  }

  private static void feed(Process process, InputStream input) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (input;
                  OutputStream stream = process.getOutputStream()) {
                input.transferTo(stream);
              } catch (IOException e) {
                // The command has closed its input or has ended; what it made of that it says
                // itself.
              }
            });
  }

  private static void drain(InputStream stream, CappedOutput sink) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream;
                  sink) {
                stream.transferTo(sink);
              } catch (IOException e) {
                // The pipe was closed because the command was killed.
              }
            });
  }

  /**
   * Kills a command that still runs, and its process group; does nothing when it has ended. Once
   * its leader is dead nothing proves that a group of that number is ours, so it is left alone.
   */
  private static void kill(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    try {
      new ProcessBuilder("sh", "-c", "kill -KILL -- -" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      // No process can be started any more; the tree below is killed without one.
    }
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void upload(Path local, String remote, Duration deadline) {
    LocalCopy.copy(name, local, resolve(remote), LocalCopy.Access.GROUP_READABLE, deadline);
  }

  @Override
  public void download(String remote, Path localFile, Duration deadline) {
    LocalCopy.copy(name, resolve(remote), localFile, LocalCopy.Access.AS_USUAL, deadline);
  }

  @Override
  public List<RemoteFile> list(String remoteFolder, Duration deadline) {
    Path folder = resolve(remoteFolder);
    return DeadlineThread.call(
        name, "listing " + folder, Deadline.in(deadline), () -> entries(folder));
  }

  private List<RemoteFile> entries(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      List<RemoteFile> entries = new ArrayList<>();
      for (Path path : paths.toList()) {
        BasicFileAttributes attributes =
            Files.readAttributes(
                path, BasicFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        entries.add(
            new RemoteFile(
                path.getFileName().toString(),
                attributes.size(),
                attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.SECONDS),
                kind(attributes)));
      }
      entries.sort(Comparator.comparing(RemoteFile::name));
      return List.copyOf(entries);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.REFUSED,
          name,
          "cannot list " + folder + ": " + LocalCopy.reason(e),
          e);
    }
  }

  private static RemoteFile.Kind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return RemoteFile.Kind.FILE;
    }
    if (attributes.isDirectory()) {
      return RemoteFile.Kind.FOLDER;
    }
    return attributes.isSymbolicLink() ? RemoteFile.Kind.LINK : RemoteFile.Kind.OTHER;
  }

  private Path resolve(String path) {
    return home.resolve(RemotePath.require(name, path));
  }

  /** Nothing to close. */
  @Override
  public void close() {}
}
