package org.carillon.ssh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who runs this program and what OpenSSH would find of him here.
 *
 * @param user the account's name
 * @param home its home folder
 * @param agent the socket of its ssh-agent
 * @param systemFolder where OpenSSH's settings for all users are
 */
record Account(String user, Path home, Optional<Path> agent, Path systemFolder) {

  static Account current() {
    return new Account(
        System.getProperty("user.name"),
        Path.of(System.getProperty("user.home")),
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
            .filter(socket -> !socket.isBlank())
            .map(Path::of),
        Path.of("/etc/ssh"));
  }

  Path sshFolder() {
    return home.resolve(".ssh");
  }

  /** A path as OpenSSH reads it: {@code ~} is the home folder. */
  Path path(String text) {
    return text.equals("~") || text.startsWith("~/")
        ? home.resolve(text.substring(Math.min(2, text.length())))
        : home.resolve(text);
  }
}
