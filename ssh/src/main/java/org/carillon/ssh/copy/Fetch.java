package org.carillon.ssh.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carillon.core.run.RunFiles;
import org.carillon.core.run.Sha256;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.RemoteFile;
import org.carillon.ssh.ShellWords;
import org.carillon.ssh.fanout.HostTask;

/**
 * Brings files and whole folders of a host home, into a folder that bears its name. Names come from
 * the host one by one and never hold a slash, so nothing can be written outside that folder. Links
 * inside a folder are left out.
 */
public final class Fetch implements HostTask<Fetch.Result> {

  /**
   * What came.
   *
   * @param files how many
   * @param bytes all together
   * @param leftOut how many links, devices and the like did not
   */
  public record Result(int files, long bytes, int leftOut) {}

  /** What stands where a name is not UTF-8. */
  private static final char REPLACED = '\uFFFD';

  /** So many files are asked for their sums in one command. */
  private static final int AT_ONCE = 200;

  private final List<String> remotes;
  private final Path folder;
  private final Duration deadline;

  /**
   * @param remotes files and folders, relative to the home folder
   * @param folder in which each host gets a folder
   * @param deadline for each file
   */
  public Fetch(List<String> remotes, Path folder, Duration deadline) {
    Set<String> names = new HashSet<>();
    for (String remote : remotes) {
      if (name(remote).isEmpty() || name(remote).equals(".") || name(remote).equals("..")) {
        throw new IllegalArgumentException("'" + remote + "' does not end in the name of a file");
      }
      if (remote.startsWith("~/")) {
        throw new IllegalArgumentException(
            "'" + remote + "' begins with ~; relative paths begin in the home folder, without ~/");
      }
      if (!names.add(name(remote))) {
        throw new IllegalArgumentException("two things to be fetched are called " + name(remote));
      }
    }
    this.remotes = List.copyOf(remotes);
    this.folder = folder.toAbsolutePath().normalize();
    this.deadline = deadline;
  }

  private static String name(String remote) {
    String plain = remote.replaceFirst("/+$", "");
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  /** A file to fetch. */
  private record Item(String remote, Path local) {}

  @Override
  public Result on(Host host) {
    Path own = folder.resolve(host.name()).normalize();
    if (!folder.equals(own.getParent())) {
      throw refusal(host, "its name is not that of a folder");
    }
    List<Item> items = new ArrayList<>();
    int leftOut = 0;
    for (String remote : remotes) {
      String kind =
          host.run(
                  Command.script(
                      "p=%s; if [ -d \"$p\" ]; then echo d; elif [ -f \"$p\" ]; then echo f; fi"
                          .formatted(ShellWords.quote(safe(remote))),
                      deadline))
              .text();
      Path local = own.resolve(name(remote));
      switch (kind) {
        case "f" -> items.add(new Item(remote, local));
        case "d" -> leftOut += walk(host, remote.replaceFirst("(?<=.)/+$", ""), local, items);
        default -> throw refusal(host, "there is no file or folder " + remote);
      }
    }
    long bytes = 0;
    for (int i = 0; i < items.size(); i += AT_ONCE) {
      bytes += fetch(host, items.subList(i, Math.min(items.size(), i + AT_ONCE)));
    }
    return new Result(items.size(), bytes, leftOut);
  }

  /** A first dash would be an option. */
  private static String safe(String path) {
    return path.startsWith("/") ? path : "./" + path;
  }

  /** How much is left out. */
  private int walk(Host host, String remote, Path local, List<Item> items) {
    int leftOut = 0;
    try {
      Files.createDirectories(local);
    } catch (IOException e) {
      throw refusal(host, "cannot make the folder " + local + ": " + RunFiles.reason(e));
    }
    for (RemoteFile file : host.list(remote, deadline)) {
      String path = remote + "/" + file.name();
      if (file.name().indexOf(REPLACED) >= 0) {
        throw refusal(
            host,
            path + " has a name that is not UTF-8; pack the folder there, and fetch the pack");
      }
      switch (file.kind()) {
        case FILE -> items.add(new Item(path, local.resolve(file.name())));
        case FOLDER -> leftOut += walk(host, path, local.resolve(file.name()), items);
        case LINK, OTHER -> leftOut++;
      }
    }
    return leftOut;
  }

  private long fetch(Host host, List<Item> items) {
    items.forEach(item -> host.download(item.remote(), item.local(), deadline));
    List<String> sums = sums(host, items);
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (!arrived(host, item, sums.get(i))) {
        // A log grows while it is copied; once more, it may not.
        host.download(item.remote(), item.local(), deadline);
        if (!arrived(host, item, sums(host, List.of(item)).getFirst())) {
          throw refusal(
              host, item.remote() + " changes while it is copied; copy it when it is at rest");
        }
      }
      bytes += item.local().toFile().length();
    }
    return bytes;
  }

  /** Mode and SHA-256 of each, as {@code 644 e3b0…}. */
  private List<String> sums(Host host, List<Item> items) {
    StringBuilder script = new StringBuilder("for f in");
    items.forEach(item -> script.append(' ').append(ShellWords.quote(safe(item.remote()))));
    script.append(
        "; do sum=$(sha256sum <\"$f\") && mode=$(stat -L -c %a -- \"$f\") || exit 1\n"
            + "echo \"$mode ${sum%% *}\"; done");
    CommandResult result =
        host.run(Command.script(script.toString(), deadline).labelled("checking the copy"));
    List<String> lines = result.out().lines().toList();
    if (!result.succeeded() || lines.size() != items.size()) {
      throw refusal(host, "the copy cannot be checked: " + result.complaint());
    }
    return lines;
  }

  private boolean arrived(Host host, Item item, String modeAndSum) {
    String[] words = modeAndSum.split(" ");
    try {
      if (words.length != 2 || !Sha256.hexOf(item.local()).equals(words[1])) {
        return false;
      }
      Files.setPosixFilePermissions(item.local(), permissions(Integer.parseInt(words[0], 8)));
      return true;
    } catch (IOException | NumberFormatException e) {
      throw refusal(host, "cannot check " + item.local() + ": " + e.getMessage());
    }
  }

  /** Of the nine lowest bits; a setuid bit is not taken over. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read bit down
    for (int i = 0; i < all.length; i++) {
      if ((mode >> (all.length - 1 - i) & 1) == 1) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }

  private static HostException refusal(Host host, String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
