package org.carillon.deploy.validate;

import java.util.List;
import java.util.Set;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.HostException;
import org.carillon.ssh.ShellWords;

/** Runs the subject's own tests on a host. */
final class TestsCheck implements HostCheck {

  private final List<Subject.Test> tests;

  TestsCheck(List<Subject.Test> tests) {
    this.tests = tests;
  }

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.TESTS);
  }

  @Override
  public List<CheckResult> look(Node node, Question question) {
    return tests.stream().map(test -> run(node, test).of(test.name())).toList();
  }

  private static CheckResult run(Node node, Subject.Test test) {
    String script =
        "CDPATH='' cd -- "
            + ShellWords.quote(node.root() + "/current")
            + " || exit 127\nexec "
            + ShellWords.join(test.argv());
    CommandResult result;
    try {
      result =
          node.host()
              .run(Command.script(script, test.deadline()).labelled("the test " + test.name()));
    } catch (HostException e) {
      // What a test does is a finding; that the host went away is none.
      return switch (e.kind()) {
        case TIMEOUT ->
            CheckResult.fail(
                CheckName.TESTS,
                "did not end within " + DurationText.format(test.deadline()),
                "run it there, or give it a longer deadline");
        case TOO_MUCH_OUTPUT ->
            CheckResult.fail(
                CheckName.TESTS,
                "wrote too much and was killed",
                "run it there, or let it write to a file");
        default -> throw e;
      };
    }
    return result.succeeded()
        ? CheckResult.pass(CheckName.TESTS, "passes")
        : CheckResult.fail(CheckName.TESTS, result.complaint(), "run it there");
  }
}
