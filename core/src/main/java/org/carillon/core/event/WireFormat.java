package org.carillon.core.event;

/** The forms in which events travel. */
public enum WireFormat {
  BINARY(new BinaryCodec()),
  JSON(new JsonCodec());

  private final EventCodec codec;

  WireFormat(EventCodec codec) {
    this.codec = codec;
  }

  /** What writes this form. */
  public EventCodec codec() {
    return codec;
  }
}
