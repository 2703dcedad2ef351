package org.carillon.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A machine that one can run commands on and move files to and from.
 *
 * <p>A path on the host is absolute, or relative to the home folder of the account; {@code ~} is
 * refused. Every call blocks until it is done or its deadline has passed, and throws {@link
 * HostException} if it could not be done.
 */
public interface Host extends AutoCloseable {

  /** How a user knows the host; every message about it begins with this. */
  String name();

  /**
   * Runs a command in the account's home folder, without a terminal, and waits for its end and for
   * the end of its output: a process that it leaves behind must not hold its output open (see
   * {@link Detached}). A command that passes its deadline is killed with all that it started in its
   * process group.
   *
   * @return what the command answered, whatever its exit code is
   * @throws HostException if the command did not run to its end, or wrote more than {@link
   *     CommandResult#OUTPUT_CAP_BYTES} on a stream
   */
  CommandResult run(Command command);

  /**
   * Copies a file to the host. It is written under a temporary name beside its destination, its
   * size and SHA-256 are checked there, and only then is it renamed, replacing a file of that name:
   * nobody ever sees half a file. The file gets mode 0640, folders made on the way 0750.
   *
   * @param deadline for the whole copy; a copy that makes no progress ends sooner
   */
  void upload(Path local, String remote, Duration deadline);

  /**
   * Copies a file from the host. It is written under a temporary name beside its destination, its
   * size is checked, and only then is it renamed, replacing a file of that name.
   *
   * @param deadline for the whole copy; a copy that makes no progress ends sooner
   */
  void download(String remote, Path localFile, Duration deadline);

  /** What is in a folder, sorted by name, without {@code .} and {@code ..}. */
  List<RemoteFile> list(String remoteFolder, Duration deadline);

  /** Ends the connection; never fails. Commands under way are lost, detached ones live on. */
  @Override
  void close();
}
