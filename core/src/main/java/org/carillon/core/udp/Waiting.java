package org.carillon.core.udp;

/** What a thread does that receives while nothing has come. */
public enum Waiting {

  /** Sleeps until something comes, and fetches it at once. */
  PROMPT,

  /**
   * Sleeps until something comes; while datagrams come quickly, rests a moment before each fetch,
   * so that one call of the kernel brings many. That delays the fetch by some 100 µs, and no stamp,
   * where the kernel stamps; where it does not, this is {@link #PROMPT}.
   */
  MODERATED,

  /**
   * Asks again and again, without sleeping: takes a whole processor. Where the kernel allows it
   * (CAP_NET_ADMIN), it looks into the network card as well (SO_BUSY_POLL, socket(7)).
   */
  BUSY
}
