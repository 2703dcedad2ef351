package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file. Whoever writes to it, or puts another in its place, changes
 * this: no program can set a file's time of change, unlike that of its content.
 *
 * @param modifiedNs when its content changed, since 1970
 * @param changedNs when its content or what is known of it changed, since 1970
 * @param inode its number in the file system
 */
record FileStamp(long sizeBytes, long modifiedNs, long changedNs, long inode) {

  /** So coarse may the times of a file system be: 2 s on FAT, 1 s on NFS 2, some ms elsewhere. */
  private static final long COARSE_NS = TimeUnit.SECONDS.toNanos(2);

  /** Of a file as it is now; empty if the file system has no such numbers. */
  static Optional<FileStamp> of(Path file) {
    try {
      Map<String, Object> known =
          Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
      return Optional.of(
          new FileStamp(
              (Long) known.get("size"),
              ns(known.get("lastModifiedTime")),
              ns(known.get("ctime")),
              (Long) known.get("ino")));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Its content tells.
      return Optional.empty();
    }
  }

  private static long ns(Object time) {
    return ((FileTime) time).to(TimeUnit.NANOSECONDS);
  }

  /**
   * Whether a change from now on would show: not if the file was changed a moment ago, since the
   * next change could have the same time.
   */
  boolean isSettled(long nowNs) {
    return nowNs - changedNs > COARSE_NS;
  }
}
