package org.carillon.control.controller;

import java.util.List;
import org.carillon.control.wire.ControlMessage;

/** The way to one agent, as its machine uses it. Nothing here waits or throws. */
interface AgentPort {

  /** Opens a new stream and sends its first messages; one that was open before is dropped. */
  void open(List<ControlMessage> first);

  /** Sends on the open stream; a no-op without one. */
  void send(ControlMessage message);

  /** Ends the open stream after all that was sent. */
  void close();
}
