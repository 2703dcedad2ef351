package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandMarkTest {
  private final CommandMark mark = new CommandMark();
  private final String nonce = mark.prelude().replaceAll("(?s).* ([0-9a-f]{32}) .*", "$1");

  private String line(String stat) {
    return nonce + " " + stat + "\n";
  }

  private static String stat(String name, int group, long start) {
    return "4711 ("
        + name
        + ") S 1 "
        + group
        + " 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 "
        + start
        + " 1000 2";
  }

  @Test
  void separatesTheOutputFromWhatTheLoginShellSaid() {
    String out = "Welcome!\n" + line(stat("sh", 4711, 12345)) + "text\nmore";
    assertThat(mark.isIn(out)).isTrue();
    assertThat(mark.after(out)).isEqualTo("text\nmore");
  }

  @Test
  void isMissedWhereNothingHasBegun() {
    assertThat(mark.isIn("This account is not available.\n")).isFalse();
    assertThat(mark.killer("This account is not available.\n")).isEmpty();
  }

  @Test
  void killsByPidAndStartTimeWhateverTheName() {
    assertThat(mark.killer(line(stat("sh) S 1 2 (x", 4711, 12345))))
        .hasValueSatisfying(
            script -> assertThat(script).contains("= 12345 ]").contains("KILL -- -4711"));
  }

  @Test
  void killsNothingThatLeadsNoGroupOfItsOwn() {
    assertThat(mark.killer(line(stat("sh", 4000, 12345)))).isEmpty();
    assertThat(mark.killer(line(""))).isEmpty();
  }
}
