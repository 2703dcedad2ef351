package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

  /** Latin-1 gives every byte from 1 to 255 once, so a string of it is any sequence of bytes. */
  @Provide
  Arbitrary<List<String>> manyWords() {
    Arbitrary<Character> any = Arbitraries.chars().range((char) 1, (char) 255);
    Arbitrary<Character> nasty =
        Arbitraries.of(
            "'\"\\$`!*?[]{}()<>|&;#~= \t\n\r-^%".chars().mapToObj(c -> (char) c).toList());
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, any.list().ofMaxSize(40)),
            net.jqwik.api.Tuple.of(2, nasty.list().ofMaxSize(12)))
        .map(characters -> characters.stream().map(String::valueOf).reduce("", String::concat))
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  @Property(tries = 40)
  void areReadBackByARealShellByteForByte(@ForAll("manyWords") List<String> words)
      throws Exception {
    byte[] script =
        ("printf '%s\\0' " + ShellWords.join(words) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (String word : words) {
      expected.writeBytes(word.getBytes(StandardCharsets.ISO_8859_1));
      expected.write(0);
    }
    assertThat(shell(script)).isEqualTo(expected.toByteArray());
  }

  private static byte[] shell(byte[] script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
    Thread feeder =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var input = process.getOutputStream()) {
                    input.write(script);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    byte[] output = process.getInputStream().readAllBytes();
    feeder.join();
    assertThat(process.waitFor()).isZero();
    return output;
  }

  @Test
  void stayAsTheyAreWhenNothingInThemIsSpecial() {
    assertThat(ShellWords.join(List.of("/opt/carillon/bin/worker", "--node-id", "n1:9000,+%@_")))
        .isEqualTo("/opt/carillon/bin/worker --node-id n1:9000,+%@_");
  }

  @Test
  void areQuotedWhenAShellWouldTakeThemForItsOwn() {
    assertThat(ShellWords.quote("A=b")).isEqualTo("'A=b'");
    assertThat(ShellWords.quote("while")).isEqualTo("'while'");
    assertThat(ShellWords.quote("~")).isEqualTo("'~'");
    assertThat(ShellWords.quote("")).isEqualTo("''");
    assertThat(ShellWords.quote("it's")).isEqualTo("'it'\\''s'");
  }

  @Test
  void cannotHoldNul() {
    assertThatThrownBy(() -> ShellWords.quote("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NUL");
  }
}
