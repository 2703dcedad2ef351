package org.carillon.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Opens the TCP connection of one attempt: tries each address of a name within one deadline. It is
 * opened before JSch asks for it, so that the server makes itself ready in the meantime.
 */
final class TcpSockets implements SocketFactory {
  private final Deadline deadline;
  private final Runnable connected;
  private volatile Socket current;
  private Socket opened;
  private IOException failure;

  /**
   * @param connected called when the TCP connection stands
   */
  TcpSockets(Deadline deadline, Runnable connected) {
    this.deadline = deadline;
    this.connected = connected;
  }

  /** Opens it; whether that failed, JSch hears when it asks for it. */
  void open(String host, int port) {
    try {
      opened = connect(host, port);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    if (failure != null) {
      throw failure;
    }
    return opened;
  }

  private Socket connect(String host, int port) throws IOException {
    IOException last = new ConnectException("no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (deadline.passed()) {
        throw new SocketTimeoutException("connect timed out");
      }
      Socket socket = new Socket();
      current = socket;
      try {
        socket.connect(new InetSocketAddress(address, port), deadline.remainingMillis());
        socket.setKeepAlive(true);
        connected.run();
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
        last = e;
      }
    }
    throw last;
  }

  /** Ends an attempt that hangs. */
  void abandon() {
    Socket socket = current;
    if (socket != null) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was being given up anyway.
    }
  }

  @Override
  public InputStream getInputStream(Socket socket) throws IOException {
    // JSch asks for single bytes, and for each packet twice.
    return new BufferedInputStream(socket.getInputStream());
  }

  @Override
  public OutputStream getOutputStream(Socket socket) throws IOException {
    return socket.getOutputStream();
  }
}
