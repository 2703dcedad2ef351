package org.carillon.core.udp;

import java.util.Arrays;

/** Which receivers a datagram did not get to, and why, until somebody is told. */
final class ReceiverFaults {

  private static final int NONE = 0;

  private final int[] errors;
  private int count;

  /**
   * @param receivers how many there are
   */
  ReceiverFaults(int receivers) {
    errors = new int[receivers];
  }

  /**
   * @param error what errno says, not 0; of several for one receiver the last is kept
   */
  void note(int receiver, int error) {
    if (errors[receiver] == NONE) {
      count++;
    }
    errors[receiver] = error;
  }

  /**
   * Tells of each receiver once, in their order, and forgets it.
   *
   * @return how many there were
   */
  int tell(Broadcast.Failures failures, LibC words) {
    if (count == 0) {
      return 0;
    }
    int told = count;
    for (int receiver = 0; receiver < errors.length; receiver++) {
      if (errors[receiver] != NONE) {
        failures.failed(receiver, reason(errors[receiver], words));
      }
    }
    Arrays.fill(errors, NONE);
    count = 0;
    return told;
  }

  private static String reason(int error, LibC words) {
    return switch (error) {
      case LibC.ECONNREFUSED -> "nobody listens on that port";
      case LibC.EAGAIN, LibC.ENOBUFS -> "the send buffer is full";
      default -> words.errorText(error);
    };
  }
}
