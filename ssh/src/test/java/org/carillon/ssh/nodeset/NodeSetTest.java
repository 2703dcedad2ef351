package org.carillon.ssh.nodeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSetTest {

  private static List<String> names(String text) {
    return List.copyOf(NodeSet.parse(text).names());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "node1 | node1",
        "node[1-3] | node1 node2 node3",
        "node[008-010,200] | node008 node009 node010 node200",
        "node[98-101] | node98 node99 node100 node101",
        "node[098-101] | node098 node099 node100 node101",
        "node[999-1001] | node999 node1000 node1001",
        "node[0-10/5] | node0 node5 node10",
        "rack[1-2]node[1-2] | rack1node1 rack1node2 rack2node1 rack2node2",
        "node[1-2]-ib[0-1].hpc | node1-ib0.hpc node1-ib1.hpc node2-ib0.hpc node2-ib1.hpc",
        "n[1,2[0-1],3] | n1 n20 n21 n3",
        "n[1[0-1]5] | n105 n115",
        "n1,n2 n3 | n1 n2 n3",
        "n[1-4]!n[2-3] | n1 n4",
        "n[1-4]&n[3-9] | n3 n4",
        "n1,n[1-2],n1 | n1 n2",
        "n3,n1 | n3 n1",
        "ann@n[1-2]:2222 | ann@n1:2222 ann@n2:2222",
        "00[0-1] | 000 001",
        "10.77.0.[11-12] | 10.77.0.11 10.77.0.12",
      })
  void readsTheNotationOfHostlists(String text, String names) {
    assertThat(names(text)).containsExactly(names.split(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "node3,node1,node2 | node[1-3]",
        "n08,n09,n10,n11 | n[08-11]",
        "n8,n9,n10 | n[8-10]",
        "n1,n01,n001 | n[1,01,001]",
        "n099,n100,n1000 | n[099-100,1000]",
        "b2,a1,b1 | a1,b[1-2]",
        "r1n1,r1n2,r2n1,r2n2 | r[1-2]n[1-2]",
        "r1n1,r2n1,r2n2 | r1n1,r2n[1-2]",
        "r1n1,r2n1,r3n1,r3n2 | r[1-2]n1,r3n[1-2]",
        "10.0.0.1,10.0.0.2,10.0.1.1,10.0.1.2 | 10.0.[0-1].[1-2]",
        "login,n1 | login,n1",
        "n1234567890123456789012,n1234567890123456789013 |"
            + " n1234567890123456789012,n1234567890123456789013",
      })
  void foldsAsShortAsAPersonWould(String names, String folded) {
    assertThat(NodeSet.parse(names)).hasToString(folded);
    assertThat(NodeSet.parse(folded)).isEqualTo(NodeSet.parse(names));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "node[1- | a number is missing, at character 8",
        "node[1-3 | the bracket is not closed, at character 5",
        "node[] | a number is missing, at character 6",
        "node[3-1] | 3-1 runs backwards, at character 6",
        "node[1-3/0] | a step of 0 leads nowhere, at character 6",
        "node[01-003] | padded differently, at character 6",
        "node[1-010] | padded differently, at character 6",
        "node[a-c] | a number is missing, at character 6",
        "node[1-3]] | ']' cannot stand in a name, at character 10",
        "node[1;3] | ';' cannot stand in a bracket, only numbers and ranges, at character 7",
        "a,,b | ',' cannot begin a name, at character 3",
        "a, | a name is missing, at character 3",
        "(null) | '(' cannot begin a name, at character 1",
        "-w | a name cannot begin with '-', at character 1",
        "a/b | '/' cannot stand in a name, at character 2",
        "@gpu | there is no group @gpu, since no file of groups is named, at character 1",
        "n[1-999999999] | it stands for 999999999 names, more than 100000, at character 3",
        "n[1-1000][1-1000] | it stands for 1000000 names, more than 100000, at character 10",
        "n[0-9999999999999999999] | a number has at most 18 digits, at character 5",
      })
  void refusesWhatIsNoneAndSaysWhere(String text, String complaint) {
    assertThatThrownBy(() -> NodeSet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void anEmptyTextIsNoSet() {
    assertThatThrownBy(() -> NodeSet.parse(" \n")).hasMessageContaining("there is no name");
    assertThat(NodeSet.of(List.of())).hasToString("");
  }

  @Test
  void foldsAClusterOfManyThousandsAtOnce() {
    NodeSet all = NodeSet.parse("r[01-99]n[001-999]");
    assertThat(all.size()).isEqualTo(98_901);
    assertThat(all).hasToString("r[01-99]n[001-999]");
    assertThat(all.without(NodeSet.parse("r07n[001-999]"))).hasToString("r[01-06,08-99]n[001-999]");
  }

  /** Names in which numbers of several widths, several numbers and none occur and meet. */
  @Provide
  Arbitrary<Set<String>> someNames() {
    Arbitrary<String> digits =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 12).map(String::valueOf),
            Arbitraries.integers().between(0, 120).map("%03d"::formatted),
            Arbitraries.integers().between(7, 11).map("%02d"::formatted),
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(22));
    Arbitrary<String> text = Arbitraries.of("n", "rack", "-", ".", "a@b:", "");
    return Combinators.combine(Arbitraries.of("n", "rack"), digits, text, digits, text)
        .as((a, b, c, d, e) -> a + b + c + d + e)
        .set()
        .ofMaxSize(60);
  }

  @Property(tries = 400)
  void whatIsFoldedReadsBackAsTheSameSet(@ForAll("someNames") Set<String> names) {
    NodeSet set = NodeSet.of(names);
    if (!set.isEmpty()) {
      assertThat(NodeSet.parse(set.toString()).names()).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Property(tries = 200)
  void numbersOfOneWidthFoldIntoTheFewestRanges(
      @ForAll Set<@net.jqwik.api.constraints.IntRange(max = 40) Integer> numbers) {
    Set<String> names = new LinkedHashSet<>();
    numbers.forEach(number -> names.add("n%02d".formatted(number)));
    long ranges = numbers.stream().filter(number -> !numbers.contains(number - 1)).count();
    String folded = NodeSet.of(names).toString();
    assertThat(folded.chars().filter(c -> c == ',').count()).isEqualTo(Math.max(0, ranges - 1));
  }

  @Property(tries = 500)
  void garbageIsRefusedWithASentenceOrIsASet(@ForAll @StringLength(max = 40) String garbage) {
    readsOrRefuses(garbage);
  }

  @Property(tries = 1_000)
  void nearlyASetIsRefusedWithASentenceOrIsASet(@ForAll("nearlySets") String text) {
    readsOrRefuses(text);
  }

  @Provide
  Arbitrary<String> nearlySets() {
    return Arbitraries.strings().withChars("n01 9[]-,/!&@:*").ofMaxLength(20);
  }

  private static void readsOrRefuses(String text) {
    try {
      NodeSet set = NodeSet.parse(text);
      assertThat(set.size()).isLessThanOrEqualTo(NodeSet.SIZE_MAX);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("(?s).*, at character \\d+");
    }
  }
}
