package org.carillon.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Standard output that remembers why a write failed, which {@link System#out} does not tell. */
final class StandardOutput extends FilterOutputStream {
  private volatile IOException failure;

  private StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  /** From here on, {@link System#out} writes here. */
  static StandardOutput install() {
    StandardOutput output = new StandardOutput();
    System.setOut(new PrintStream(new BufferedOutputStream(output), true, System.out.charset()));
    return output;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /**
   * In a sentence, that not all came where it should; nothing if a program that read it, such as
   * {@code head}, had enough.
   */
  Optional<String> complaint() {
    System.out.flush();
    if (failure == null || isRead()) {
      return Optional.empty();
    }
    return Optional.of(
        "standard output could not be written, and what stands there is not all: "
            + failure.getMessage());
  }

  /** A pipe or a socket fails only when nobody reads it any more. */
  private static boolean isRead() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return device.startsWith("pipe:") || device.startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }
}
