package org.carillon.ssh;

/**
 * An entry of a folder on a host.
 *
 * @param name without its folder
 * @param sizeBytes as the host says; meaningful for regular files only
 * @param modifiedEpochSeconds last change by the host's clock, s since the Unix epoch
 * @param kind what it is; a symbolic link is a link, whatever it points to
 */
public record RemoteFile(String name, long sizeBytes, long modifiedEpochSeconds, Kind kind) {

  /** What an entry can be. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  public RemoteFile {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a file");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException(name + " cannot have " + sizeBytes + " bytes");
    }
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }
}
