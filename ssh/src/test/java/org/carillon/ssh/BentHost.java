package org.carillon.ssh;

/** A host whose shell has something done first, such as making a function of {@code tar}. */
public final class BentHost extends ForwardingHost {
  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

  private final String first;
  private final boolean asNobody;

  /**
   * @param asNobody whether its commands run without the rights of root, if we have them
   */
  public BentHost(Host host, String first, boolean asNobody) {
    super(host);
    this.first = first;
    this.asNobody = asNobody;
  }

  @Override
  public CommandResult run(Command command) {
    String text = first + "\n" + command.shellText();
    String words =
        asNobody && IS_ROOT
            ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "
                + ShellWords.quote(text)
            : text;
    return super.run(
        new Command(
            words, command.input(), command.deadline(), command.silence(), command.label()));
  }
}
