package org.carillon.ssh.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldingTest {
  @TempDir private Path folder;

  @Test
  void hostsThatSayTheSameStandTogetherTheMostFirst() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("n07", "disk 96 % full");
    for (int i = 1; i <= 4; i++) {
      texts.put("n0" + i, "ok");
    }
    texts.put("n09", "disk 96 % full");
    assertThat(Folding.fold(texts).stream().map(Folding.Folded::toString))
        .containsExactly("n[01-04] (4): ok", "n[07,09] (2): disk 96 % full");
  }

  @Test
  void sentencesFoldWithoutTheNamesInFront() {
    Map<String, String> sentences = new LinkedHashMap<>();
    sentences.put("n1", "n1: no answer");
    sentences.put("n2", "n2: no answer");
    assertThat(Folding.foldSentences(sentences))
        .singleElement()
        .hasToString("n[1-2] (2): no answer");
  }

  @Test
  void sentencesFoldThoughEachNamesItsOwnHost() {
    Map<String, String> sentences = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      sentences.put(
          "n" + i, "n%1$d: no connection to ann@10.0.0.%1$d within 5s; is n%1$d up?".formatted(i));
    }
    sentences.put("n4", "n4: ann@n4.site:2222 refuses connections");
    sentences.put("n5", "n5: root@n5.site:2222 refuses connections");
    sentences.put("n6", "n6: n61 differs from n6-x");
    assertThat(Folding.foldSentences(sentences).stream().map(Folding.Folded::toString))
        .containsExactly(
            "n[1-3] (3): no connection to ann@HOST within 5s; is HOST up?",
            "n4: ann@n4.site:2222 refuses connections",
            "n5: root@n5.site:2222 refuses connections",
            "n6: n61 differs from n6-x");
    sentences.put("n5", "n5: ann@n5.site:2222 refuses connections");
    assertThat(Folding.foldSentences(sentences).stream().map(Folding.Folded::toString))
        .contains("n[4-5] (2): ann@HOST:2222 refuses connections");
  }

  private static List<String> folded(String... sentences) {
    Map<String, String> sentenceByHost = new LinkedHashMap<>();
    for (String sentence : sentences) {
      sentenceByHost.put(sentence.substring(0, sentence.indexOf(':')), sentence);
    }
    return Folding.foldSentences(sentenceByHost).stream().map(Folding.Folded::toString).toList();
  }

  @Test
  void whatIsNoNameOfTheHostStaysAsItIs() {
    assertThat(
            folded(
                "n1: unreachable: gateway a: ann@a refuses connections",
                "n2: unreachable: gateway b: ann@b refuses connections",
                "n3: gateway c: ann@c refuses connections",
                "n4: gateway c: ann@c refuses connections"))
        .containsExactly(
            "n[3-4] (2): gateway c: ann@c refuses connections",
            "n1: unreachable: gateway a: ann@a refuses connections",
            "n2: unreachable: gateway b: ann@b refuses connections");
    assertThat(folded("n1: runs version 1.2.3.4", "n2: runs version 1.2.3.5"))
        .containsExactly("n1: runs version 1.2.3.4", "n2: runs version 1.2.3.5");
    assertThat(
            folded(
                "n1: n1 cannot mount ann@nfs1:22",
                "n2: n2 cannot mount ann@nfs1:22",
                "n3: n3 cannot mount ann@nfs2:22",
                "n4: n4 cannot mount ann@nfs2:22",
                "n5: n5 cannot mount ann@nfs3:22"))
        .containsExactly(
            "n[1-2] (2): HOST cannot mount ann@nfs1:22",
            "n[3-4] (2): HOST cannot mount ann@nfs2:22",
            "n5: n5 cannot mount ann@nfs3:22");
  }

  @Test
  void theFileOfFailedHostsReadsBackAsTheirSet() throws IOException {
    Path file = folder.resolve("failed");
    FailedHosts.write(
        file,
        Map.of(
            "n1", new HostOutcome.Ok<>("fine"),
            "n2", new HostOutcome.Unreachable<>("n2: no route\n# n9")));
    assertThat(Files.readString(file)).isEqualTo("n2 # unreachable: n2: no route # n9\n");
    assertThat(FailedHosts.read(file)).hasToString("n2");
    FailedHosts.write(file, Map.of("n1", new HostOutcome.Ok<>("fine")));
    assertThat(FailedHosts.read(file).isEmpty()).isTrue();
  }

  @Test
  void aFileOfHostsMayBeWrittenByHandAndIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "# mine\n\nn[1-2] n5 # fast\n");
    assertThat(FailedHosts.read(file)).hasToString("n[1-2,5]");
    Files.writeString(file, "n1\nn[2\n");
    assertThatThrownBy(() -> FailedHosts.read(file))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining(file + ":2: ")
        .hasMessageContaining("the bracket is not closed");
    assertThatThrownBy(() -> FailedHosts.read(folder.resolve("none")))
        .hasMessageContaining("none: there is no such file");
  }
}
