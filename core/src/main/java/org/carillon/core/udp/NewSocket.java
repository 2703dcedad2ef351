package org.carillon.core.udp;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A socket that may still be given an address, once. */
interface NewSocket extends UdpSocket {

  /** See {@link UdpSocket#bound}. */
  void bind(InetSocketAddress address) throws IOException;

  /** See {@link UdpSocket#connected}. */
  void connect(InetSocketAddress peer) throws IOException;
}
