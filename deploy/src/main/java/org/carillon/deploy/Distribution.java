package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.FileFacts;

/**
 * The distribution that deploy belongs to: {@code bin/} with the executables, and in {@code share/}
 * the archives for compute nodes.
 *
 * @param home absolute
 * @param version as in its file VERSION
 */
public record Distribution(Path home, String version) {

  /** The property that every launcher sets. */
  public static final String PROPERTY = "carillon.home";

  /**
   * An archive for compute nodes.
   *
   * @param sha256 of the file, 64 hexadecimal digits
   */
  record Archive(Path file, String sha256) {}

  /**
   * The distribution of the running program.
   *
   * @throws CarillonException USAGE if the program was not started by a launcher
   */
  public static Distribution ofThisProgram() {
    String home = System.getProperty(PROPERTY);
    if (home == null) {
      throw new CarillonException(
          ExitCode.USAGE,
          "deploy must be started by bin/deploy of a distribution, which says where the other"
              + " executables are.");
    }
    return at(Path.of(home));
  }

  /**
   * The distribution in a folder.
   *
   * @throws CarillonException USAGE if there is none
   */
  public static Distribution at(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    try {
      return new Distribution(absolute, Files.readString(absolute.resolve("VERSION")).strip());
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "there is no distribution in " + absolute + ": its file VERSION cannot be read.",
          e);
    }
  }

  /** One of the executables. */
  Path executable(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Where the archive for nodes of an architecture, as {@code uname -m} names it, would be. */
  Path archiveFile(String architecture) {
    return home.resolve("share")
        .resolve("carillon-node-" + version + "-linux-" + architecture + ".tar.gz");
  }

  /** The archive for nodes of an architecture, if the distribution has one. */
  Optional<Archive> archive(String architecture) {
    Path file = archiveFile(architecture);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Archive(file, FileFacts.of(home, file).sha256()));
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }
}
