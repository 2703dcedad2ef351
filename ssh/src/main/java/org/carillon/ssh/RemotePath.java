package org.carillon.ssh;

/** Paths on a host: absolute, or relative to the account's home folder. */
final class RemotePath {
  private RemotePath() {}

  /** The path itself, if it is one. */
  static String require(String host, String path) {
    if (path.isEmpty() || path.indexOf(0) >= 0) {
      throw new HostException(
          HostException.Kind.SETTINGS, host, "an empty path, or one with NUL, names no file");
    }
    if (path.equals("~") || path.startsWith("~/")) {
      throw new HostException(
          HostException.Kind.SETTINGS,
          host,
          "'" + path + "' begins with ~; leave '~/' out, since paths begin in the home folder");
    }
    return path;
  }

  /** The folder of a path, or empty if it is the home folder or the root. */
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }
}
