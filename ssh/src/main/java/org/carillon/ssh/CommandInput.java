package org.carillon.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command reads on its standard input, and then the end of it. */
@FunctionalInterface
public interface CommandInput {

  /** Nothing. */
  CommandInput NOTHING = InputStream::nullInputStream;

  /** Begins at the beginning; for every command anew, also at the same time. */
  InputStream open() throws IOException;

  /** These bytes. */
  static CommandInput of(byte[] bytes) {
    byte[] kept = bytes.clone();
    return () -> new ByteArrayInputStream(kept);
  }

  /** The content of a file of this machine, which is read as it is sent. */
  static CommandInput of(Path file) {
    return () -> Files.newInputStream(file);
  }
}
