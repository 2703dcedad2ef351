package org.carillon.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * What the manifest says about a file.
 *
 * @param name relative to the run directory, with slashes
 * @param sizeBytes ≥ 0
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param rows whole rows after the header line; empty for what is no table
 */
public record FileFacts(String name, long sizeBytes, String sha256, OptionalLong rows) {

  /**
   * Reads a file once.
   *
   * @param runDirectory that the name is relative to
   */
  public static FileFacts of(Path runDirectory, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    String name = runDirectory.relativize(file).toString();
    boolean table = name.endsWith(".csv") || name.endsWith(".tsv");
    long sizeBytes = 0;
    long lines = 0;
    boolean quoted = false;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        sizeBytes += n;
        for (int i = 0; table && i < n; i++) {
          quoted ^= buffer[i] == '"'; // a doubled quote flips twice, which is right
          lines += buffer[i] == '\n' && !quoted ? 1 : 0;
        }
      }
    }
    return new FileFacts(
        name,
        sizeBytes,
        HexFormat.of().formatHex(digest.digest()),
        table ? OptionalLong.of(Math.max(0, lines - 1)) : OptionalLong.empty());
  }
}
