package org.carillon.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection that goes through another SSH connection, as ProxyJump's do: the gateway opens the
 * TCP connection and passes its bytes through a channel. No port is opened on this machine.
 */
final class JumpProxy implements Proxy {
  private final Session gateway;
  private final Deadline deadline;
  private final Runnable connected;
  private final JumpStream stream = new JumpStream();
  private ChannelDirectTCPIP channel;
  private OutputStream output;

  /**
   * @param deadline for the TCP connection of the gateway
   * @param connected called when the TCP connection stands
   */
  JumpProxy(Session gateway, Deadline deadline, Runnable connected) {
    this.gateway = gateway;
    this.deadline = deadline;
    this.connected = connected;
  }

  @Override
  public void connect(SocketFactory ignored, String host, int port, int ignoredMillis)
      throws IOException, JSchException {
    channel = (ChannelDirectTCPIP) gateway.openChannel("direct-tcpip");
    channel.setHost(host);
    channel.setPort(port);
    channel.setOutputStream(stream.sink());
    output = channel.getOutputStream();
    channel.connect(deadline.remainingMillis());
    if (!channel.isConnected()) {
      throw new JSchException("channel is not opened.");
    }
    connected.run();
  }

  @Override
  public InputStream getInputStream() {
    return stream.source();
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  /** Not a socket, but all that JSch sets on one: how long a read may wait. */
  @Override
  public Socket getSocket() {
    return new Socket() {
      @Override
      public void setSoTimeout(int millis) {
        stream.setTimeoutMillis(millis);
      }
    };
  }

  @Override
  public void close() {
    stream.end();
    if (channel != null) {
      channel.disconnect();
    }
  }
}
