package org.carillon.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.PollInterval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentLoaderTest {

  private static final String SMALL =
      """
      name: small
      time: {servers: ntp1}
      nodes:
        comp11:
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("experiment.yaml");
  }

  private ExperimentLoader.Loaded load(String yaml, String... settings) {
    write(file, yaml);
    return ExperimentLoader.load(file, List.of(settings), folder);
  }

  private static void write(Path target, String yaml) {
    try {
      Files.write(target, yaml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Experiment.EventStream events(Experiment experiment) {
    return (Experiment.EventStream) experiment.workload();
  }

  /** What the loader says, without the name of the temporary folder. */
  private String complaint(String yaml, String... settings) {
    CarillonException fault =
        catchThrowableOfType(CarillonException.class, () -> load(yaml, settings));
    assertThat(fault).as("nothing was refused").isNotNull();
    assertThat(fault.exitCode()).isEqualTo(ExitCode.USAGE);
    return fault.getMessage().replace(folder + "/", "");
  }

  @Test
  void theSmallestFileHasEveryDefault() {
    Experiment experiment = load(SMALL).experiment();

    assertThat(experiment.name()).isEqualTo("small");
    assertThat(experiment.time().servers()).containsExactly(new HostPort("ntp1", 123));
    assertThat(experiment.time().serve()).isEmpty();
    assertThat(experiment.run().resultsDir()).isEqualTo(folder.resolve("runs"));
    assertThat(experiment.run().maxClockBound()).isEqualTo(Duration.ofMillis(5));
    assertThat(experiment.run().preparePolicy()).isEqualTo("all");
    Experiment.Node node = experiment.nodes().get("comp11");
    assertThat(node.host().kind()).isEqualTo(HostKind.SSH);
    assertThat(node.host().address()).isEqualTo("comp11");
    assertThat(node.dataAddress()).isEqualTo("comp11");
    assertThat(node.port()).isEmpty();
    assertThat(experiment.coordinator().host().kind()).isEqualTo(HostKind.LOCAL);
    assertThat(events(experiment).events()).isEqualTo(1000);
    assertThat(events(experiment).wire()).isEqualTo(WireFormat.BINARY);
    assertThat(experiment.worker().warmup()).isEqualTo(Duration.ofMinutes(3));
    assertThat(experiment.deadlines().warmup()).isEqualTo(Duration.ofMinutes(4));
    assertThat(experiment.analysis().windows()).hasSize(4);
  }

  @Test
  void everyKeyReachesItsPlace() {
    Experiment experiment =
        load("""
                name: full
                description: 'all: keys'
                run:
                  results_dir: results
                  work_dir: /scratch/carillon
                  min_free_disk: 1GiB
                  max_clock_bound: 2ms
                  clock_gate: 3s
                  start_delay: 4s
                  fast_start: true
                  policy: {prepare: 'quorum:2', run: all}
                  keep_node_files: true
                time:
                  serve: {address: 10.0.0.1, port: 1123, upstream: [ntp1, 'ntp2:1230'], stratum: 3}
                  chronotick: http://localhost:8123
                  poll_interval: 500ms
                  drift_bound_ppm: 20
                nodes:
                  a: {host: ssh, address: 10.0.0.2, ssh_port: 2222, user: me, port: 9000,
                      data_address: 10.1.0.2, clock: 'simulated:offset=-3ms', work_dir: ~/a}
                  b: {host: local, port: 9000}
                coordinator: {node: b}
                workload:
                  events: 30
                  pattern: slow,fast
                  wire: json
                  payload_size: 1KiB
                worker: {warmup: 10s, commit_wait: [1s, 3s], grace: 4s, settle: 1s}
                ssh: {config: cfg, known_hosts: ~/kh, identity: /id, host_keys: accept-new}
                analysis: {windows: 20ms, formats: [pdf], mixed: true}
                deadlines: {preflight: 2s, stage: 3s, start: 4s, warmup: 5s, run: 6s, stop: 7s,
                            collect: 8s, analyze: 9s}
                """)
            .experiment();

    assertThat(experiment.description()).contains("all: keys");
    assertThat(experiment.run())
        .isEqualTo(
            new Experiment.Run(
                folder.resolve("results"),
                "/scratch/carillon",
                1L << 30,
                Duration.ofMillis(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                true,
                "quorum:2",
                "all",
                true));
    Experiment.Serve serve = experiment.time().serve().orElseThrow();
    assertThat(serve.address()).isEqualTo("10.0.0.1");
    assertThat(serve.port()).hasValue(1123);
    assertThat(serve.upstream())
        .containsExactly(new HostPort("ntp1", 123), new HostPort("ntp2", 1230));
    assertThat(serve.stratum()).isEqualTo(3);
    assertThat(experiment.time().pollInterval())
        .isEqualTo(PollInterval.fixed(Duration.ofMillis(500)));
    assertThat(experiment.time().driftBoundPpm()).isEqualTo(20.0);
    Experiment.Node a = experiment.nodes().get("a");
    assertThat(a.host().user()).contains("me");
    assertThat(a.host().sshPort()).hasValue(2222);
    assertThat(a.host().workDir()).contains("~/a");
    assertThat(a.dataAddress()).isEqualTo("10.1.0.2");
    assertThat(a.clock()).isEqualTo("simulated:offset=-3ms");
    assertThat(experiment.nodes().get("b").dataAddress()).isEqualTo("127.0.0.1");
    assertThat(experiment.coordinator().node()).contains("b");
    assertThat(events(experiment).pattern()).containsExactly(Pace.SLOW, Pace.FAST);
    assertThat(events(experiment).payloadSizeBytes()).isEqualTo(1024);
    assertThat(experiment.workload().scheduledDuration()).isEqualTo(Duration.ofMillis(1650));
    assertThat(events(experiment).commitWait())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(events(experiment).settle()).isEqualTo(Duration.ofSeconds(1));
    assertThat(experiment.worker().grace()).isEqualTo(Duration.ofSeconds(4));
    assertThat(experiment.ssh().config()).contains(folder.resolve("cfg"));
    assertThat(experiment.ssh().knownHosts())
        .contains(Path.of(System.getProperty("user.home"), "kh"));
    assertThat(experiment.ssh().hostKeys()).isEqualTo(HostKeyPolicy.ACCEPT_NEW);
    assertThat(experiment.analysis().formats()).containsExactly(Figure.PDF);
    assertThat(experiment.analysis().mixed()).isTrue();
    assertThat(experiment.deadlines().analyze()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void howWorkersReceiveIsUsualUnlessTheFileSaysOtherwise() {
    String yaml = "name: x\ntime: {serve: {}}\nnodes: {a: {host: local}}\n";
    Experiment.Worker usual = load(yaml).experiment().worker();
    assertThat(usual.receiveBufferBytes()).isEqualTo(32 << 20);
    assertThat(usual.receiveCpu()).isEmpty();
    assertThat(usual.busyPoll()).isFalse();
    Experiment.Worker other =
        load(yaml + "worker: {receive_buffer: 4MiB, receive_cpu: 3, busy_poll: true}\n")
            .experiment()
            .worker();
    assertThat(other.receiveBufferBytes()).isEqualTo(4 << 20);
    assertThat(other.receiveCpu()).hasValue(3);
    assertThat(other.busyPoll()).isTrue();
  }

  @Test
  void theResolvedFileSaysTheSameAgain() {
    ExperimentLoader.Loaded first =
        load(
            """
            name: again
            description: 'it''s: # odd'
            time: {serve: {}}
            nodes:
              n1: {host: local, clock: 'simulated:offset=-3ms,drift_ppm=20'}
              n2: {host: local, clock: "simulated:offset=2ms"}
            workload: {rate: 150}
            worker: {commit_wait: [1s, 1500ms]}
            """,
            "ssh.identity=keys/id");
    ExperimentLoader.Loaded second = load(first.resolvedYaml());

    assertThat(second.experiment()).isEqualTo(first.experiment());
    assertThat(second.resolvedYaml()).isEqualTo(first.resolvedYaml());
    assertThat(first.resolvedYaml())
        .contains("results_dir: " + folder.resolve("runs"))
        .contains("commit_wait: [1s, 1500ms]")
        .contains("identity: " + folder.resolve("keys/id"));
  }

  @Test
  void faultsKeepTheSeedThatWasDrawnForThem() {
    ExperimentLoader.Loaded first =
        load(
            SMALL,
            "nodes.comp11.inject=loss=1%,delay=2ms",
            "coordinator.inject=slow-disk=5ms,seed=7");
    ExperimentLoader.Loaded second = load(first.resolvedYaml());

    assertThat(first.experiment().nodes().get("comp11").faults().text())
        .startsWith("loss=1%,delay=2ms,seed=");
    assertThat(first.experiment().coordinator().faults().text()).isEqualTo("slow-disk=5ms,seed=7");
    assertThat(second.experiment()).isEqualTo(first.experiment());
  }

  @Test
  void aCommandKeepsItsWordsAndKnowsNoEvents() {
    ExperimentLoader.Loaded first =
        load(
            SMALL
                + """
                  workload:
                    kind: exec
                    command: [sh, -c, 'echo "a, b"; echo it''s $1', ' two  words ', '', 42, '-5']
                    timeout: 90s
                  """);
    ExperimentLoader.Loaded second = load(first.resolvedYaml());

    assertThat(first.experiment().workload())
        .isEqualTo(
            new Experiment.Exec(
                List.of("sh", "-c", "echo \"a, b\"; echo it's $1", " two  words ", "", "42", "-5"),
                Duration.ofSeconds(90)));
    assertThat(second.experiment()).isEqualTo(first.experiment());
    assertThat(second.resolvedYaml())
        .isEqualTo(first.resolvedYaml())
        .doesNotContain("events:", "wire:", "settle:");
    assertThat(first.experiment().deadlines().run())
        .isEqualTo(Duration.ofSeconds(30 + 10 + 90 + 9 + 60 + 60));
  }

  @Test
  void localYamlOverridesTheFileAndSettingsOverrideBoth() {
    write(
        folder.resolve("local.yaml"),
        """
        workload: {events: 70, wire: json}
        nodes: {comp11: {user: site}}
        """);
    ExperimentLoader.Loaded loaded =
        load(SMALL + "workload: {events: 60, payload_size: 8B}\n", "workload.events=500");

    Experiment.EventStream workload = events(loaded.experiment());
    assertThat(workload.events()).isEqualTo(500);
    assertThat(workload.wire()).isEqualTo(WireFormat.JSON);
    assertThat(workload.payloadSizeBytes()).isEqualTo(8);
    assertThat(loaded.experiment().nodes().get("comp11").host().user()).contains("site");
    assertThat(loaded.sources()).hasSize(2);
  }

  @Test
  void anEmptySettingTakesAValueAway() {
    Experiment experiment =
        load(SMALL + "workload: {rate: 5}\n", "workload.rate=", "workload.target_duration=20s")
            .experiment();

    assertThat(events(experiment).rateHz()).isEmpty();
    assertThat(experiment.workload().scheduledDuration()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aBadPortIsNamedWithFileLineColumnAndPath() {
    assertThat(
            complaint(
                """
                name: small
                time: {servers: ntp1}
                nodes:
                  comp11:
                    port: 99999
                """))
        .isEqualTo("experiment.yaml:5:11: nodes.comp11.port: 99999 is not a port (1–65535)");
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    String message =
        complaint(
            """
            name: 'bad name'
            nodes:
              a: {port: 0, clock: sundial, wrkdir: /x, inject: los=1%}
            workload: {events: many, evnts: 5, rate: 1, pattern: fast}
            worker: {warmup: 5}
            """);

    assertThat(message.lines())
        .containsExactlyInAnyOrder(
            "10 faults in the experiment file:",
            "experiment.yaml:3:32: nodes.a.wrkdir: unknown key; did you mean 'work_dir'?",
            "experiment.yaml:3:13: nodes.a.port: 0 is not a port (1–65535)",
            "experiment.yaml:3:23: nodes.a.clock: 'sundial' is not a clock: use system or"
                + " simulated:offset=3ms,drift_ppm=20",
            "experiment.yaml:3:52: nodes.a.inject: 'los' is no fault that can be injected; did you"
                + " mean 'loss'?",
            "experiment.yaml:4:26: workload.evnts: unknown key; did you mean 'events'?",
            "experiment.yaml:4:20: workload.events: 'many' is not a whole number 1–1000000000",
            "experiment.yaml:5:18: worker.warmup: '5' is not a duration: write a number and a unit,"
                + " such as 50ms, 30s or 3m",
            "experiment.yaml:1:7: name: 'bad name' is not a name: use up to 64 letters, digits, -"
                + " and _",
            "experiment.yaml:1:1: time: say where the nodes get the time from: time.servers or"
                + " time.serve",
            "experiment.yaml:4:54: workload.pattern: cannot stand beside workload.rate: keep one of"
                + " them");
  }

  @Test
  void aFaultInASettingNamesTheSetting() {
    assertThat(complaint(SMALL, "workload.events=-1"))
        .isEqualTo(
            "--set workload.events=-1: workload.events: -1 is not a whole number 1–1000000000");
    assertThat(complaint(SMALL, "workload.evens=1")).contains("did you mean 'events'?");
    assertThat(complaint(SMALL, "events")).contains("write --set PATH=VALUE");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a key twice            | name: x\\nname: y                        | experiment.yaml:2:1: name: this key stands here twice, first at experiment.yaml:1:1
          a list for the file    | - a                                     | an experiment file is a group of keys, not a list
          a word for the file    | hello                                   | an experiment file is a group of keys, not a single value
          an unclosed bracket    | nodes: [a                               | not valid YAML
          a tab                  | name: x\\n\\tnodes: y                   | not valid YAML
          an alias               | name: &a x\\nworkload: *a               | anchors (&) and aliases (*) are not used here
          two documents          | name: x\\n---\\nname: y                 | a second YAML document begins here
          a list as a key        | ? [a, b]\\n: c                          | a key must be a word, not a list
          a list of nodes        | nodes: [a, b]                           | nodes: needs a group of keys, not a list
          no nodes               | nodes:                                  | nodes: name at least one node
          keys for a value       | workload: {events: {a: 1}}              | workload.events: needs a whole number 1–1000000000, not keys
          a list for a value     | workload: {events: [1, 2]}              | workload.events: needs a single value, not a list
          a list in a list       | worker: {commit_wait: [[1s]]}           | needs a list of single values, not a list
          one bad item           | worker: {commit_wait: [1s, 2x]}         | experiment.yaml:1:28: worker.commit_wait: '2x' is not a duration
          a negative duration    | worker: {warmup: -1s}                   | '-1s' must not be negative
          a short deadline       | deadlines: {run: 1ms}                   | deadlines.run: 1ms is too short: at least 1s
          a size without unit    | workload: {payload_size: 64}            | '64' is not a size
          a large payload        | workload: {payload_size: 1MiB}          | 1MiB is not a size 0B–60000B
          a word for a boolean   | run: {fast_start: yes}                  | 'yes' is neither true nor false
          a wrong wire           | workload: {wire: xml}                   | 'xml' is not binary or json
          a wrong pace           | workload: {pattern: 'fast,furious'}     | 'furious' is no delay of a pattern
          a wrong figure         | analysis: {formats: gif}                | 'gif' is not png or svg or pdf
          a wrong URL            | time: {chronotick: 'ftp://x'}           | 'ftp://x' is not a URL
          a relative work folder | run: {work_dir: here}                   | 'here' is neither an absolute path nor
          a wrong stratum        | time: {serve: {stratum: 16}}            | 16 is not a whole number 1–15
          two sources of time    | time: {serve: {}, servers: a}           | time.servers: cannot stand beside time.serve
          unknown asymmetry      | time: {servers: a, asymmetry: ['b=1ms']} | time.asymmetry: b:123 is none of time.servers
          serve without address  | time: {serve: {}}\\nnodes: {a: }        | time.serve.address: is missing
          no such node           | coordinator: {node: z}                  | coordinator.node: 'z' is not one of the nodes
          node and host          | coordinator: {node: z, host: local}     | coordinator.host: cannot stand beside coordinator.node
          ssh without address    | coordinator: {host: ssh}                | coordinator.address: is missing
          one port twice         | nodes: {a: {host: local, port: 9}, b: {host: local, port: 9}} | nodes.b.port: 9 is taken by nodes.a
          a far coordinator      | nodes: {a: {host: local}, b: }\\ncoordinator: {node: b}  | nodes.a.data_address: is missing
          a node's bad name      | nodes: {'a b': }                        | 'a b' is not a name
          the reserved name      | nodes: {coordinator: }                  | this name belongs to the coordinator itself
          no windows             | analysis: {windows: []}                 | analysis.windows: needs at least one entry
          no command             | workload: {kind: exec}                  | 1:18: workload.command: is missing; workload.kind: exec needs a command
          no words               | workload: {kind: exec, command: []}     | 1:33: workload.command: names no program
          an empty program       | workload: {kind: exec, command: ['']}   | workload.command: names no program
          a text as a command    | workload: {kind: exec, command: ls -l}  | workload.command: 'ls -l' is not a list of words
          a bell in a command    | workload: {kind: exec, command: ["a\\u0007b"]} | a word of a command stands on one line
          a list among words     | workload: {kind: exec, command: [a, [b]]} | workload.command: needs words, not a list
          events for a command   | workload: {kind: exec, command: [a], rate: 5} | 1:44: workload.rate: belongs to events
          settling of a command  | workload: {kind: exec, command: [a]}\\nworker: {settle: 1s} | 2:18: worker.settle: belongs to events
          a command for events   | workload: {command: [a]}                | 1:21: workload.command: belongs to a command: set workload.kind: exec
          no kind of work        | workload: {kind: dance}                 | 'dance' is not events or exec
          no policy              | run: {policy: {run: most}}              | run.policy.run: 'most' is not a policy
          too large a quorum     | run: {policy: {run: 'quorum:2'}}\\nnodes: {a: } | 1:21: run.policy.run: quorum:2 asks for more workers than there are nodes (1)
          too late a start       | run: {start_delay: 6m}                  | run.start_delay: 6m is too long: at most 5m
          no bound               | run: {max_clock_bound: 0s}              | run.max_clock_bound: 0s is too short
          a far-off key          | colour: red                             | unknown key; the keys here are name, description, run
          """)
  void eachFaultHasItsSentence(String what, String yaml, String expected) {
    assertThat(complaint(yaml.replace("\\n", "\n").replace("\\t", "\t"))).contains(expected);
  }

  @Test
  void aDeployableIsNamedForWhatItIs() {
    assertThat(complaint("name: echo\nhosts: a\nrelease: {files: x}"))
        .isEqualTo(
            "experiment.yaml is no experiment file but a deployable file, which deploy release,"
                + " rollback and validate read.");
  }

  @Test
  void deepNestingIsOneClearMessage() {
    assertThat(complaint("a: " + "[".repeat(100_000)))
        .isEqualTo("experiment.yaml:1:19: nested deeper than 16 levels");
  }

  @Test
  void anAliasBombIsOneClearMessage() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    assertThat(complaint(bomb.toString()).lines()).hasSize(1);
  }

  @Test
  void anEndlessFileIsRefusedWithoutReadingItAll() {
    CarillonException fault =
        catchThrowableOfType(
            CarillonException.class,
            () -> ExperimentLoader.load(Path.of("/dev/zero"), List.of(), folder));
    assertThat(fault).hasMessageContaining("1 MiB is the most");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> ExperimentLoader.load(file, List.of(), folder))
        .hasMessageContaining("the file is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.yaml", "."})
  void anUnreadableFileIsNamed(String name) {
    assertThatThrownBy(() -> ExperimentLoader.load(folder.resolve(name), List.of(), folder))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("cannot read the experiment file")
        .hasMessageContaining(name);
  }

  @Test
  void manyFaultsAreCutOffWithACount() {
    StringBuilder yaml = new StringBuilder(SMALL);
    for (int i = 0; i < 80; i++) {
      yaml.append("unknown").append(i).append(": 1\n");
    }
    assertThat(complaint(yaml.toString())).endsWith("… and 30 more");
  }
}
