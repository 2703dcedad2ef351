package org.carillon.deploy.backup;

import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;

/** This machine, whose cable is pulled once a certain command has come through. */
final class CutHost extends ForwardingHost {

  /** What becomes of the command, and of those after it. */
  enum Cut {
    /** It is done; its answer and all later commands are lost, as when the head node is killed. */
    FOR_GOOD,
    /** It is done; its answer alone is lost. */
    SHORTLY,
    /** A swap that has put the first old file aside and no new one in its place; for good. */
    TORN
  }

  private final String command;
  private final Cut cut;
  private boolean isArmed;
  private boolean isCut;

  /**
   * @param command what the label of the command begins with
   */
  CutHost(String name, String command, Cut cut) {
    super(new LocalHost(name));
    this.command = command;
    this.cut = cut;
  }

  synchronized void arm() {
    isArmed = true;
  }

  /** The cable is back, for good. Says whether it was ever away. */
  synchronized boolean heal() {
    boolean was = !isArmed;
    isArmed = false;
    isCut = false;
    return was;
  }

  @Override
  public CommandResult run(Command wanted) {
    if (isAway()) {
      throw lost(wanted);
    }
    if (!isHit(wanted)) {
      return super.run(wanted);
    }
    super.run(cut == Cut.TORN ? torn(wanted) : wanted);
    throw lost(wanted);
  }

  private synchronized boolean isAway() {
    return isCut;
  }

  private synchronized boolean isHit(Command wanted) {
    boolean hit = isArmed && wanted.summary().startsWith(command);
    if (hit) {
      isArmed = false;
      isCut = cut != Cut.SHORTLY;
    }
    return hit;
  }

  /** The same, whose shell is killed after the first rename. */
  private static Command torn(Command swap) {
    String rename = "mv -T -- \"$c_item\" \"$c_aside/old/$c_item\" || exit 1";
    String text = swap.shellText();
    if (!text.contains(rename)) {
      throw new AssertionError("backup.sh renames in another way");
    }
    return Command.script(
        text.replace(rename, rename + "; kill -KILL $$; exit 1"), swap.deadline());
  }

  private HostException lost(Command wanted) {
    return new HostException(
        HostException.Kind.LOST, name(), "the connection broke while '" + wanted + "'");
  }
}
