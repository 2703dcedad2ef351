package org.carillon.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the way to a host: through which other hosts (ProxyJump), and what the OpenSSH
 * configuration says about each.
 */
final class SshRoute {
  private static final int LONGEST = 8;

  /** What {@code ssh} itself offers when nothing is configured, the cheapest first. */
  private static final List<String> DEFAULT_IDENTITIES =
      List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private static final Pattern JUMP =
      Pattern.compile(
          "(?:ssh://)?(?:(?<user>[^@/]+)@)?(?<host>\\[[^\\]]+\\]|[^:@/\\s\\[\\]]+)(?::(?<port>\\d{1,5}))?/?");

  /** The old way to write a jump: {@code ssh -W %h:%p gateway}. */
  private static final Pattern PROXY_W =
      Pattern.compile(
          "(?:\\S*/)?ssh(?:\\s+-q)?\\s+(?:-W\\s*%h:%p\\s+(\\S+)|(\\S+)\\s+-W\\s*%h:%p)");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final SshTarget target;
  private final Account account;
  private final List<SshConfigFile> files;

  private SshRoute(SshTarget target, Account account, SshConfigFiles files) {
    this.target = target;
    this.account = account;
    this.files = files.of(target);
  }

  /**
   * The connections to make, each through the one before it; the target itself is the last.
   *
   * @throws HostException of kind SETTINGS if the configuration cannot be followed
   */
  static List<Hop> find(SshTarget target, Account account, SshConfigFiles files) {
    SshRoute route = new SshRoute(target, account, files);
    List<Hop> hops = new ArrayList<>();
    route.add(
        hops,
        new Jump(target.address(), target.port(), target.user()),
        Optional.empty(),
        new ArrayList<>());
    return List.copyOf(hops);
  }

  private record Jump(String host, OptionalInt port, Optional<String> user) {}

  /**
   * @param jumps through which hosts to go, if that is decided and not left to the configuration
   * @param open the hosts whose way is being looked for, to find circles
   */
  private void add(List<Hop> hops, Jump jump, Optional<List<Jump>> jumps, List<String> open) {
    if (open.contains(jump.host()) || open.size() == LONGEST) {
      throw settings(
          "its ProxyJump goes in a circle or through more than %d hosts: %s → %s"
              .formatted(LONGEST, String.join(" → ", open), jump.host()));
    }
    SshConfig config = new SshConfig(files, jump.host(), jump.user(), account.user());
    open.add(jump.host());
    List<Jump> way = jumps.orElseGet(() -> configured(config, jump));
    if (!way.isEmpty()) {
      // As ssh -J a,b,c does: c is reached through a,b whatever the configuration says of c.
      add(
          hops,
          way.getLast(),
          way.size() == 1 ? Optional.empty() : Optional.of(way.subList(0, way.size() - 1)),
          open);
    }
    open.removeLast();
    hops.add(hop(config, jump, open.isEmpty()));
  }

  private List<Jump> configured(SshConfig config, Jump jump) {
    Optional<String> list = config.valueUnlessNone("proxyjump");
    if (list.isEmpty() && config.value("proxyjump").isEmpty()) {
      list =
          config
              .valueUnlessNone("proxycommand")
              .map(
                  command -> {
                    Matcher matcher = PROXY_W.matcher(command.strip());
                    if (!matcher.matches()) {
                      throw settings(
                          "the ProxyCommand of "
                              + jump.host()
                              + " is not supported; write ProxyJump instead");
                    }
                    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                  });
    }
    return list.map(text -> Stream.of(text.split(",")).map(this::jump).toList()).orElse(List.of());
  }

  private Jump jump(String text) {
    Matcher matcher = JUMP.matcher(text.strip());
    if (!matcher.matches()) {
      throw settings("'" + text + "' in its ProxyJump is not [user@]host[:port]");
    }
    String host = matcher.group("host").replaceAll("[\\[\\]]", "");
    String port = matcher.group("port");
    return new Jump(
        host,
        port == null ? OptionalInt.empty() : OptionalInt.of(port(port)),
        Optional.ofNullable(matcher.group("user")));
  }

  private Hop hop(SshConfig config, Jump jump, boolean last) {
    String address = config.value("hostname").map(config::expandHost).orElse(jump.host());
    int port = jump.port().orElseGet(() -> config.value("port").map(this::port).orElse(22));
    String user = jump.user().or(() -> config.value("user")).orElse(account.user());
    Tokens tokens = new Tokens(jump.host(), address, port, user);
    Optional<String> alias = config.value("hostkeyalias");
    return new Hop(
        last ? target.name() : "gateway " + jump.host(),
        address,
        port,
        user,
        alias.orElse(address).toLowerCase(java.util.Locale.ROOT),
        alias.isPresent(),
        identities(config, tokens),
        config.isYes("identitiesonly"),
        agent(config, tokens),
        knownHosts(config, tokens),
        config.isYes("hashknownhosts"),
        target.hostKeyPolicy());
  }

  private List<Path> identities(SshConfig config, Tokens tokens) {
    Set<Path> files = new LinkedHashSet<>();
    target.identity().ifPresent(files::add);
    List<String> configured = config.values("identityfile");
    configured.stream()
        .filter(file -> !file.equalsIgnoreCase("none"))
        .map(file -> path(file, tokens))
        .forEach(files::add);
    if (configured.isEmpty() && target.identity().isEmpty()) {
      DEFAULT_IDENTITIES.stream()
          .map(account.sshFolder()::resolve)
          .filter(Files::exists)
          .forEach(files::add);
    }
    return List.copyOf(files);
  }

  private Optional<Path> agent(SshConfig config, Tokens tokens) {
    Optional<String> configured = config.value("identityagent");
    if (configured.isEmpty() || configured.get().equals("SSH_AUTH_SOCK")) {
      return account.agent();
    }
    return configured
        .filter(socket -> !socket.equalsIgnoreCase("none"))
        .map(
            socket ->
                socket.startsWith("$") && !socket.startsWith("${")
                    ? "${" + socket.substring(1) + "}"
                    : socket)
        .map(socket -> path(socket, tokens));
  }

  private List<Path> knownHosts(SshConfig config, Tokens tokens) {
    if (target.knownHosts().isPresent()) {
      return List.of(target.knownHosts().get());
    }
    List<Path> files = new ArrayList<>();
    List<String> own = config.firstWords("userknownhostsfile");
    if (own.isEmpty()) {
      files.add(account.sshFolder().resolve("known_hosts"));
      files.add(account.sshFolder().resolve("known_hosts2"));
    }
    own.stream()
        .filter(file -> !file.equalsIgnoreCase("none"))
        .map(file -> path(file, tokens))
        .forEach(files::add);
    List<String> global = config.firstWords("globalknownhostsfile");
    if (global.isEmpty()) {
      files.add(account.systemFolder().resolve("ssh_known_hosts"));
      files.add(account.systemFolder().resolve("ssh_known_hosts2"));
    }
    global.stream()
        .filter(file -> !file.equalsIgnoreCase("none"))
        .map(file -> path(file, tokens))
        .forEach(files::add);
    return List.copyOf(files);
  }

  private Path path(String text, Tokens tokens) {
    String withTokens = tokens.replace(text, account);
    String expanded =
        VARIABLE
            .matcher(withTokens)
            .replaceAll(
                match -> {
                  String value = System.getenv(match.group(1));
                  if (value == null) {
                    throw settings("the environment has no " + match.group(1) + ", as in " + text);
                  }
                  return Matcher.quoteReplacement(value);
                });
    return account.path(expanded);
  }

  private int port(String text) {
    if (!text.matches("\\d{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      throw settings("its SSH configuration says port " + text + ", which is none (1–65535)");
    }
    return Integer.parseInt(text);
  }

  private HostException settings(String complaint) {
    return new HostException(HostException.Kind.SETTINGS, target.name(), complaint);
  }

  /** The percent tokens of ssh_config(5) that stand for something before a connection is made. */
  private record Tokens(String asked, String address, int port, String user) {
    String replace(String text, Account account) {
      Map<Character, String> values =
          Map.of(
              '%',
              "%",
              'd',
              account.home().toString(),
              'h',
              address,
              'k',
              address,
              'n',
              asked,
              'p',
              Integer.toString(port),
              'r',
              user,
              'u',
              account.user());
      StringBuilder result = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '%' && i + 1 < text.length() && values.containsKey(text.charAt(i + 1))) {
          i++;
          result.append(values.get(text.charAt(i)));
        } else {
          result.append(c);
        }
      }
      return result.toString();
    }
  }
}
