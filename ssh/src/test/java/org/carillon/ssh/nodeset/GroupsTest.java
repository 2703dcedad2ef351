package org.carillon.ssh.nodeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
  @TempDir private Path folder;

  private Groups groups(String yaml) throws IOException {
    return Groups.read(Files.writeString(folder.resolve("groups.yaml"), yaml));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "@gpu | n[1-4]",
        "@racks:b | n[5-8]",
        "@racks | n[1-8]",
        "@racks:a&@gpu!n2 | n[1,3-4]",
        "@some | n[2,7]",
        "@*,login | login,n[1-8]",
        "@two | n[1-8]",
      })
  void standForTheirHosts(String text, String folded) throws IOException {
    Groups groups =
        groups(
            """
            gpu: n[1-4]
            racks:
              a: n[1-4]
              b: n[5-8]
            some: [n2, n7]
            two: "@racks:a,@racks:b"
            """);
    assertThat(NodeSet.parse(text, groups)).hasToString(folded);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a: '@b'\\nb: '@a' | group a contains itself: a → b → a",
        "a: n[1- | not a set of hosts",
        "a: '@c' | there is no group @c in",
        "a: {b: {c: n1}} | a:b: expected a set of hosts such as node[01-16], or a list of sets",
        "a: | a: expected a set of hosts",
        "[a, b] | write groups as NAME: SET, one a line",
        "a b: n1 | 'a b' is not the name of a group",
        "a: n1\\na: n2 | groups.yaml:2:1: a: this key stands here twice",
        "a: 'n1 | not valid YAML",
      })
  void areRefusedWithFileAndGroup(String yaml, String complaint) {
    assertThatThrownBy(() -> NodeSet.parse("@*", groups(yaml.replace("\\n", "\n") + "\n")))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("groups.yaml")
        .hasMessageContaining(complaint);
  }

  @Test
  void aMisspeltOneIsToldItsNearest() throws IOException {
    Groups groups = groups("storage: nfs[1-2]\n");
    assertThatThrownBy(() -> NodeSet.parse("@storag", groups))
        .hasMessageContaining("did you mean @storage?, at character 1");
  }

  @Test
  void areNotReadForASetThatNamesNone() throws IOException {
    Groups broken = groups("a: 'n1\n");
    assertThat(NodeSet.parse("ann@n[1-2]", broken).size()).isEqualTo(2);
    assertThat(NodeSet.parse("@a", groups("a: n1\nb: n[1-\n"))).hasToString("n1");
  }

  @Test
  void noFileIsOneSentence() {
    assertThatThrownBy(() -> Groups.read(folder.resolve("none.yaml")))
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("there is no such file");
  }
}
