package org.carillon.ssh;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An SFTP server (draft-ietf-secsh-filexfer-02, version 3) on standard input and output that lies
 * about every folder and file in one way.
 */
final class HostileSftp {
  private static final int FOLDER = 0040755;
  private static final int FILE = 0100644;
  private static final int LINK = 0120777;

  private final String lie;
  private final DataInputStream in = new DataInputStream(System.in);
  private final DataOutputStream out = new DataOutputStream(System.out);
  private int reads;

  private HostileSftp(String lie) {
    this.lie = lie;
  }

  /**
   * @param arguments the lie: {@code endless-list}, {@code short-file}, {@code endless-file},
   *     {@code link}, {@code no-name}, or the name of the only file, in which {@code %00} stands
   *     for NUL
   */
  public static void main(String... arguments) throws IOException {
    new HostileSftp(arguments.length == 0 ? "" : arguments[0]).serve();
  }

  private void serve() throws IOException {
    while (true) {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException e) {
        return;
      }
      byte[] packet = in.readNBytes(length);
      answer(packet[0], length < 5 ? 0 : ByteBuffer.wrap(packet).getInt(1), packet);
    }
  }

  private void answer(byte type, int id, byte[] packet) throws IOException {
    switch (type) {
      case 1 -> send(2, 3); // INIT, VERSION
      case 3, 11 -> send(102, id, "handle"); // OPEN, OPENDIR
      case 4 -> send(101, id, 0, "", ""); // CLOSE
      case 5 -> read(id);
      case 7, 8, 17 -> send(105, id, attributes(kind(packet))); // LSTAT, FSTAT, STAT
      case 12 -> list(id);
      case 16 -> send(104, id, 1, "/", "/", attributes(FOLDER)); // REALPATH
      default -> send(101, id, 8, "unsupported", "");
    }
  }

  /** Only the folder that is asked for is one. */
  private static int kind(byte[] packet) {
    return new String(packet, StandardCharsets.UTF_8).endsWith("/asked") ? FOLDER : FILE;
  }

  private void list(int id) throws IOException {
    reads++;
    if (reads > 1 && !lie.equals("endless-list")) {
      send(101, id, 1, "", ""); // the end
      return;
    }
    int entries = lie.equals("endless-list") ? 500 : 1;
    List<Object> fields = new ArrayList<>(List.of(id, entries));
    for (int i = 0; i < entries; i++) {
      String name = "n" + i;
      if (!lie.matches("endless-.*|short-file|link")) {
        name = lie.equals("no-name") ? "" : lie.replace("%00", "\0");
      }
      fields.addAll(List.of(name, "long " + name, attributes(lie.equals("link") ? LINK : FILE)));
    }
    send(104, fields.toArray());
  }

  private void read(int id) throws IOException {
    reads++;
    if (reads > 1 && !lie.equals("endless-file")) {
      send(101, id, 1, "", "");
      return;
    }
    send(103, id, "0123456789");
  }

  private byte[] attributes(int mode) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(1 | 4); // size and permissions
    data.writeLong(
        switch (lie) {
          case "short-file" -> 1_000;
          case "endless-file" -> Long.MAX_VALUE;
          default -> 1;
        });
    data.writeInt(mode);
    return bytes.toByteArray();
  }

  private void send(int type, Object... fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeByte(type);
    for (Object field : fields) {
      switch (field) {
        case Integer number -> data.writeInt(number);
        case byte[] raw -> data.write(raw);
        default -> {
          byte[] text = field.toString().getBytes(StandardCharsets.UTF_8);
          data.writeInt(text.length);
          data.write(text);
        }
      }
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
    out.flush();
  }
}
