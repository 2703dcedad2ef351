package org.carillon.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new local file that is being received. */
final class LocalDestination extends OutputStream {
  private final OutputStream out;
  private long receivedBytes;

  LocalDestination(Path file) throws LocalFileException {
    try {
      out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }

  @Override
  public void write(int value) throws LocalFileException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws LocalFileException {
    try {
      out.write(bytes, offset, length);
      receivedBytes += length;
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }

  long receivedBytes() {
    return receivedBytes;
  }

  @Override
  public void close() throws LocalFileException {
    try {
      out.close();
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }
}
