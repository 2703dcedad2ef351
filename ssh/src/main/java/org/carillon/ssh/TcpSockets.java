package org.carillon.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Opens the TCP connection of one attempt: tries each address of a name within one deadline. */
final class TcpSockets implements SocketFactory {
  private final Deadline deadline;
  private final Runnable connected;
  private volatile Socket current;

  /**
   * @param connected called when the TCP connection stands
   */
  TcpSockets(Deadline deadline, Runnable connected) {
    this.deadline = deadline;
    this.connected = connected;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    IOException failure = new ConnectException("no address");
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
        failure = e;
      }
    }
    throw failure;
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
    return socket.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket socket) throws IOException {
    return socket.getOutputStream();
  }
}
