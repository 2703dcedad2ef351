package org.carillon.deploy.backup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.validate.LogMarks;
import org.carillon.deploy.validate.Means;
import org.carillon.deploy.validate.Question;
import org.carillon.deploy.validate.Subject;
import org.carillon.deploy.validate.Validation;
import org.carillon.ssh.Host;
import org.carillon.ssh.fanout.HostSource;

/** The checks that a release must pass, made of what was gone back to. */
public final class ReleaseChecks implements AfterChecks {
  private final Subject subject;
  private final Means means;
  private LogMarks marks = LogMarks.NONE;
  private Instant marked = Instant.EPOCH;

  /**
   * @param cancellation ends it early
   */
  public ReleaseChecks(Fleet fleet, ClockSource clock, Cancellation cancellation) {
    this.subject = Subject.of(fleet);
    this.means = Means.of(clock, cancellation);
  }

  @Override
  public void before(SequencedMap<String, HostSource> hosts) {
    marked = means.now();
    marks = Validation.mark(hosts, subject);
  }

  @Override
  public void placed(Host host) {
    SequencedMap<String, HostSource> one = new LinkedHashMap<>();
    one.put(host.name(), HostSource.of(host));
    LogMarks restored = Validation.mark(one, subject);
    synchronized (this) {
      marks = marks.plus(restored);
    }
  }

  @Override
  public Map<String, String> after(
      SequencedMap<String, HostSource> hosts, Map<String, String> versions) {
    Map<String, String> complaints = new TreeMap<>();
    // Hosts that went back to different releases are each asked for theirs.
    for (String version : new TreeSet<>(versions.values())) {
      SequencedMap<String, HostSource> same = new LinkedHashMap<>(hosts);
      same.keySet().removeIf(name -> !version.equals(versions.get(name)));
      Question question = Question.release(version, marks, marked);
      complaints.putAll(Validation.run(same, subject, question, means).complaints());
    }
    return complaints;
  }
}
