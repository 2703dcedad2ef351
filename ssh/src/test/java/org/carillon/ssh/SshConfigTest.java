package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.ssh.HostException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {
  @TempDir Path home;
  private Path config;

  @BeforeEach
  void makeSshFolder() throws IOException {
    config = Files.createDirectory(home.resolve(".ssh")).resolve("config");
  }

  private List<Hop> route(String host, String... lines) throws IOException {
    Files.writeString(config, String.join("\n", lines) + "\n");
    return find(SshTarget.of("bell", host));
  }

  private List<Hop> find(SshTarget target) {
    Account account = account();
    return SshRoute.find(target, account, new SshConfigFiles(account));
  }

  private Account account() {
    return new Account("me", home, Optional.of(Path.of("/run/agent")), home.resolve("etc"));
  }

  private Hop hop(String host, String... lines) throws IOException {
    List<Hop> route = route(host, lines);
    assertThat(route).hasSize(1);
    return route.getFirst();
  }

  private HostException complaint(String host, String... lines) {
    return HostContract.failure(() -> route(host, lines));
  }

  @Test
  void nothingConfiguredMeansWhatOpenSshDoes() throws IOException {
    Files.createFile(home.resolve(".ssh/id_rsa"));
    Files.createFile(home.resolve(".ssh/id_ed25519"));
    Hop hop = hop("node7");
    assertThat(hop.where()).isEqualTo("me@node7");
    assertThat(hop.knownAs()).isEqualTo("node7");
    assertThat(hop.identities())
        .containsExactly(home.resolve(".ssh/id_ed25519"), home.resolve(".ssh/id_rsa"));
    assertThat(hop.identitiesOnly()).isFalse();
    assertThat(hop.agent()).contains(Path.of("/run/agent"));
    assertThat(hop.knownHosts())
        .containsExactly(
            home.resolve(".ssh/known_hosts"),
            home.resolve(".ssh/known_hosts2"),
            home.resolve("etc/ssh_known_hosts"),
            home.resolve("etc/ssh_known_hosts2"));
  }

  @Test
  void theFirstValueOfASettingCounts() throws IOException {
    Hop hop =
        hop(
            "node7",
            "# comment",
            "Host node* !node8",
            "  hostname=%h.cluster",
            "  User = ann # of the group",
            "Host *",
            "  User bob",
            "  Port 2222");
    assertThat(hop.where()).isEqualTo("ann@node7.cluster:2222");
    assertThat(hop.knownAs()).isEqualTo("[node7.cluster]:2222");
  }

  @Test
  void whatTheTargetSaysComesFirst() throws IOException {
    Files.writeString(config, "Host *\n User bob\n Port 2222\n IdentityFile ~/.ssh/other\n");
    SshTarget target =
        new SshTarget(
            "bell",
            "node7",
            OptionalInt.of(2200),
            Optional.of("ann"),
            Optional.of(Path.of("/keys/named")),
            Optional.empty(),
            Optional.of(Path.of("/known")),
            HostKeyPolicy.ACCEPT_NEW);
    Hop hop = find(target).getFirst();
    assertThat(hop.where()).isEqualTo("ann@node7:2200");
    assertThat(hop.identities())
        .containsExactly(Path.of("/keys/named"), home.resolve(".ssh/other"));
    assertThat(hop.knownHosts()).containsExactly(Path.of("/known"));
    assertThat(hop.hostKeyPolicy()).isEqualTo(HostKeyPolicy.ACCEPT_NEW);
  }

  @Test
  void pathsAreExpandedAndMayHoldBlanks() throws IOException {
    Hop hop =
        hop(
            "node7",
            "IdentityFile \"~/my keys/%h_%r_%p_%%\"",
            "IdentityFile %d/.ssh/second",
            "UserKnownHostsFile \"" + home + "/a b\" ~/c",
            "GlobalKnownHostsFile none",
            "IdentityAgent none",
            "IdentitiesOnly yes",
            "HashKnownHosts yes",
            "HostKeyAlias Cluster");
    assertThat(hop.identities())
        .containsExactly(home.resolve("my keys/node7_me_22_%"), home.resolve(".ssh/second"));
    assertThat(hop.knownHosts()).containsExactly(home.resolve("a b"), home.resolve("c"));
    assertThat(hop.agent()).isEmpty();
    assertThat(hop.identitiesOnly()).isTrue();
    assertThat(hop.hashKnownHosts()).isTrue();
    assertThat(hop.knownAs()).isEqualTo("cluster");
  }

  @Test
  void includedFilesStandInTheirPlace() throws IOException {
    Files.createDirectory(home.resolve(".ssh/config.d"));
    Files.writeString(home.resolve(".ssh/config.d/10-first"), "Host node7\n User ann\n");
    Files.writeString(home.resolve(".ssh/config.d/20-second"), "User carol\n");
    Hop hop = hop("node7", "Include config.d/*", "User bob");
    assertThat(hop.user()).isEqualTo("ann");
    assertThat(hop("node8", "Include config.d/*", "User bob").user()).isEqualTo("carol");
    assertThat(hop("node8", "Host node9", " Include config.d/*", "Host *", " User bob").user())
        .isEqualTo("bob");
  }

  @Test
  void settingsForAllUsersComeLast() throws IOException {
    Files.createDirectory(home.resolve("etc"));
    Files.writeString(home.resolve("etc/ssh_config"), "Host *\n Port 2200\n User site\n");
    assertThat(hop("node7", "User ann").where()).isEqualTo("ann@node7:2200");
  }

  @Test
  void jumpsAreFollowedOneAfterTheOther() throws IOException {
    List<Hop> route =
        route(
            "node7",
            "Host node*",
            "  ProxyJump ann@login:2222,inside",
            "Host login",
            "  ProxyJump outer",
            "Host inside",
            "  User bob",
            "  ProxyJump ignored");
    assertThat(route)
        .extracting(Hop::where)
        .containsExactly("me@outer", "ann@login:2222", "bob@inside", "me@node7");
    assertThat(route).extracting(Hop::name).endsWith("gateway inside", "bell");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProxyJump ssh://ann@login:2222",
        "ProxyJump ann@login:2222",
        "ProxyCommand none",
        "ProxyJump none"
      })
  void jumpsAreWrittenInManyWays(String line) throws IOException {
    List<Hop> route = route("node7", line.contains("none") ? line : "Host node7", line);
    assertThat(route.getFirst().where())
        .isEqualTo(line.contains("none") ? "me@node7" : "ann@login:2222");
  }

  @Test
  void aCircleOfJumpsIsNamed() {
    HostException complaint = complaint("a", "Host a", " ProxyJump b", "Host b", " ProxyJump a");
    assertThat(complaint.kind()).isEqualTo(Kind.SETTINGS);
    assertThat(complaint).hasMessageContaining("a → b → a");
  }

  @Test
  void whatCannotBeFollowedIsNamed() {
    assertThat(complaint("a", "ProxyCommand nc %h %p"))
        .hasMessageContaining("ProxyCommand of a is not supported; write ProxyJump");
    assertThat(complaint("a", "Port ssh")).hasMessageContaining("port ssh");
    assertThat(complaint("a", "Port 65536")).hasMessageContaining("port 65536");
    assertThat(complaint("a", "ProxyJump b:c:d")).hasMessageContaining("'b:c:d'");
    assertThat(complaint("a", "User ann", "?!")).hasMessageContaining(config + ":2");
    assertThat(complaint("a", "Include config")).hasMessageContaining("included more than 16 deep");
  }

  @Test
  void aNamedFileThatIsNotThereIsAComplaint() {
    SshTarget target =
        new SshTarget(
            "bell",
            "a",
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(home.resolve("absent")),
            Optional.empty(),
            HostKeyPolicy.STRICT);
    assertThatThrownBy(() -> find(target))
        .hasMessageContaining("no readable SSH configuration " + home.resolve("absent"));
  }

  @Property(tries = 300)
  void anyBytesAreReadOrRefusedWithASentence(@ForAll byte[] content) throws IOException {
    Path file = Files.createTempFile("ssh", "config");
    try {
      Files.write(file, content);
      try {
        assertThat(SshConfigFile.read(file, file.getParent(), file.getParent()).blocks())
            .isNotEmpty();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "node*, node7, true",
    "node*, anode7, false",
    "*7, node77, true",
    "*o*e?, node7, true",
    "*o*e?, node, false",
    "**, node7, true",
    "????, node, true",
    "????, node7, false",
    "NODE?, node7, true",
    "n*d*d?7, node7, false",
    "n.de*, node7, false"
  })
  void aPatternFitsAsInOpenSsh(String pattern, String text, boolean fits) {
    assertThat(SshConfig.matches(List.of(pattern), text)).isEqualTo(fits);
  }

  /** The outside reference: what OpenSSH itself makes of the same file. */
  @ParameterizedTest
  @ValueSource(strings = {"node7", "node8", "login", "gate.example.org", "Other", "10.0.0.7"})
  void openSshReadsTheSameFileInTheSameWay(String host) throws IOException {
    Files.writeString(home.resolve(".ssh/more"), "Host 10.*\n  User included\n  Port 2007\n");
    List<String> lines =
        List.of(
            "Include " + home.resolve(".ssh/more"),
            "Host node? !node8",
            "\tHostName=%h.cluster.example.org",
            "\tUser \"ann\"",
            "  IdentityFile \"/keys/of %r\"",
            "IdentityFile /keys/second",
            "Match host *.example.org user ann",
            "  Port 2200",
            "Match originalhost login,gate*",
            "  Port   2201",
            "  IdentitiesOnly yes",
            "Match !host node* localuser nobody-of-that-name",
            "  User never",
            "Host *",
            "  User bob",
            "  Port = 2202",
            "  HashKnownHosts no");
    Files.writeString(config, String.join("\n", lines) + "\n");
    Map<String, List<String>> said =
        Arrays.stream(SshdFixture.run("ssh", "-G", "-F", config.toString(), host).split("\n"))
            .collect(
                Collectors.groupingBy(
                    line -> line.split(" ", 2)[0],
                    Collectors.mapping(line -> line.split(" ", 2)[1], Collectors.toList())));
    SshTarget target =
        new SshTarget(
            "bell",
            host,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(config),
            Optional.empty(),
            HostKeyPolicy.STRICT);
    Hop hop = find(target).getLast();
    assertThat(hop.user()).isEqualTo(said.get("user").getFirst());
    assertThat(Integer.toString(hop.port())).isEqualTo(said.get("port").getFirst());
    assertThat(hop.address()).isEqualToIgnoringCase(said.get("hostname").getFirst());
    assertThat(hop.identitiesOnly()).isEqualTo(said.get("identitiesonly").contains("yes"));
    if (hop.address().endsWith("cluster.example.org")) {
      assertThat(hop.identities())
          .extracting(Path::toString)
          .containsExactly("/keys/of ann", "/keys/second");
    }
  }

  @Test
  void configurationsOfAnyEncodingAreRead() throws IOException {
    Files.write(config, "# Schlüssel für Köln\nUser ann\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(find(SshTarget.of("bell", "a")).getFirst().user()).isEqualTo("ann");
  }
}
