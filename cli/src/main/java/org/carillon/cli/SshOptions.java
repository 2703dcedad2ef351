package org.carillon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** With which settings and keys to get to hosts over SSH. */
public final class SshOptions {

  @Option(
      names = {"-F", "--ssh-config"},
      paramLabel = "FILE",
      description = "OpenSSH configuration to read in place of the usual ones.")
  private Path config;

  @Option(
      names = {"-i", "--ssh-identity"},
      paramLabel = "FILE",
      description = "Private key to offer first.")
  private Path identity;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "Known host keys, in place of the usual files.")
  private Path knownHosts;

  @Option(
      names = "--accept-new-hosts",
      description =
          "Take and remember the key of a host that is not known yet; a changed one is always"
              + " refused.")
  private boolean acceptNew;

  /**
   * Refuses files that must be there and are not.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public void requireFiles() {
    requireReadable("--ssh-config", config);
    requireReadable("--ssh-identity", identity);
  }

  private static void requireReadable(String option, Path file) {
    if (file != null && (Files.isDirectory(file) || !Files.isReadable(file))) {
      throw new IllegalArgumentException(option + ": there is no readable file " + file);
    }
  }

  public Optional<Path> config() {
    return absolute(config);
  }

  public Optional<Path> identity() {
    return absolute(identity);
  }

  public Optional<Path> knownHosts() {
    return absolute(knownHosts);
  }

  public boolean acceptsNew() {
    return acceptNew;
  }

  private static Optional<Path> absolute(Path file) {
    return Optional.ofNullable(file).map(Path::toAbsolutePath);
  }
}
