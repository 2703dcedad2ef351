package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ControlMessagesTest {

  private record Message(int level, int type, int data, int bytes) {}

  private static List<Message> read(ByteBuffer memory, int start, int bytes) {
    List<Message> messages = new ArrayList<>();
    ControlMessages.read(
        memory,
        start,
        bytes,
        (level, type, data, length) -> messages.add(new Message(level, type, data, length)));
    return messages;
  }

  @Example
  void theNextMessageStandsAtAMultipleOfEight() {
    ByteBuffer memory = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    memory.putLong(8, 20).putInt(16, 1).putInt(20, 40).putInt(24, 7);
    memory.putLong(32, 16).putInt(40, 41).putInt(44, 25);

    assertThat(read(memory, 8, 40))
        .containsExactly(new Message(1, 40, 24, 4), new Message(41, 25, 48, 0));
    assertThat(read(memory, 8, 39)).containsExactly(new Message(1, 40, 24, 4));
  }

  @Property(tries = 500)
  void whateverTheBytesNothingBeyondThemIsRead(
      @ForAll @Size(96) byte[] bytes, @ForAll boolean shortLengths) {
    ByteBuffer memory = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    if (shortLengths) {
      memory.putLong(16, Math.floorMod(memory.getLong(16), 96));
    }

    for (Message message : read(memory, 16, 64)) {
      assertThat(message.bytes()).isNotNegative();
      assertThat(message.data()).isGreaterThanOrEqualTo(32);
      assertThat(message.data() + message.bytes()).isLessThanOrEqualTo(80);
    }
  }
}
