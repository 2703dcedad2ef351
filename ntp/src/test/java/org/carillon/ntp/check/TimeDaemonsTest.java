package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.ntp.check.TimeDaemon.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeDaemonsTest {

  private static final String MAY = "0000000002000400";
  private static final String MAY_NOT = "0000000000000400";

  @TempDir private Path proc;

  private void process(int pid, int parent, String capabilities, String comm, String... words)
      throws IOException {
    Path folder = Files.createDirectory(proc.resolve(String.valueOf(pid)));
    Files.writeString(folder.resolve("comm"), comm + "\n");
    Files.writeString(
        folder.resolve("cmdline"), Stream.of(words).map(w -> w + "\0").reduce("", String::concat));
    Files.writeString(
        folder.resolve("status"),
        "Name:\t" + comm + "\nPPid:\t" + parent + "\nCapEff:\t" + capabilities + "\nSeccomp:\t2\n");
  }

  @Test
  void everyKnownDaemonIsSeenByTheNameThatTheKernelKeeps() throws IOException {
    process(1, 0, MAY, "systemd", "/sbin/init");
    process(412, 1, MAY, "chronyd", "/usr/sbin/chronyd", "-F", "1");
    process(98, 1, MAY, "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd");
    process(500, 1, MAY, "ptp4l", "/usr/sbin/ptp4l", "-i", "eth0");
    process(501, 1, MAY, "phc2sys", "/usr/sbin/phc2sys", "-w", "-s", "eth0");
    process(600, 1, MAY, "ntpd", "/usr/sbin/ntpd", "-p", "/run/ntpd.pid");
    process(601, 1, MAY, "ntp-daemon", "/usr/bin/ntp-daemon");

    assertThat(TimeDaemons.seen(proc))
        .containsExactly(
            new TimeDaemon(Kind.TIMESYNCD, 98, true),
            new TimeDaemon(Kind.CHRONYD, 412, true),
            new TimeDaemon(Kind.PTP4L, 500, false),
            new TimeDaemon(Kind.PHC2SYS, 501, true),
            new TimeDaemon(Kind.NTPD, 600, true),
            new TimeDaemon(Kind.NTPD_RS, 601, true));
  }

  @Test
  void aHelperThatTheDaemonForkedIsNotASecondDaemon() throws IOException {
    process(412, 1, MAY, "chronyd", "/usr/sbin/chronyd");
    process(413, 412, MAY_NOT, "chronyd", "/usr/sbin/chronyd");

    assertThat(TimeDaemons.seen(proc)).containsExactly(new TimeDaemon(Kind.CHRONYD, 412, true));
  }

  @Test
  void whoMayNotSetAClockDoesNotSteerOne() throws IOException {
    process(7, 1, MAY_NOT, "chronyd", "/usr/sbin/chronyd", "-d");

    assertThat(TimeDaemons.seen(proc)).containsExactly(new TimeDaemon(Kind.CHRONYD, 7, false));
  }

  @Test
  void whatCannotBeReadAndWhatHasEndedIsPassedOver() throws IOException {
    process(7, 1, MAY, "chronyd"); // A zombie has no command line.
    process(8, 1, "no number", "ntpd", "ntpd");
    Files.createDirectory(proc.resolve("9"));
    Files.createDirectory(proc.resolve("10x"));
    Files.writeString(Files.createDirectory(proc.resolve("11")).resolve("comm"), "\0\n\u00ff");
    process(12, 1, MAY, "ntpd", "ntpd");
    Files.delete(proc.resolve("12/status"));

    assertThat(TimeDaemons.seen(proc)).isEmpty();
    assertThat(TimeDaemons.seen(proc.resolve("nothing"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CHRONYD | -F 1 | true",
        "CHRONYD | -x | false",
        "CHRONYD | -d -x -f /etc/chrony.conf | false",
        "CHRONYD | -dx | false",
        "CHRONYD | -Q server.example.org | false",
        "CHRONYD | -q | true",
        "CHRONYD | -f /etc/x.conf | true",
        "NTPD | -n -x | true",
        "TIMESYNCD | '' | true",
        "PTP4L | -i eth0 -H | false",
        "PTP4L | -i eth0 -S | true",
        "PHC2SYS | -s eth0 -w | true",
        "PHC2SYS | -a -r | true",
        "PHC2SYS | -a -rr | true",
        "PHC2SYS | -a | false",
        "PHC2SYS | -s eth0 -E ntpshm -M 0 | false",
        "PHC2SYS | -s CLOCK_REALTIME -c eth0 -w | false",
        "PHC2SYS | -s eth0 -c | true",
      })
  void theCommandLineTellsWhetherItSteers(Kind kind, String arguments, boolean steers) {
    assertThat(kind.steersWith(List.of(arguments.split(" ")))).isEqualTo(steers);
  }
}
