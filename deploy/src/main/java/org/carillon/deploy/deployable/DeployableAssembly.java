package org.carillon.deploy.deployable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.experiment.SshKeys;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyedFile;
import org.carillon.core.keys.Values;

/** Makes a deployable of checked values. */
final class DeployableAssembly {

  private final Deployable.Source source;
  private final KeyedFile file;
  private final Values values;

  DeployableAssembly(Deployable.Source source, KeyedFile file) {
    this.source = source;
    this.file = file;
    this.values = file.values();
  }

  Deployable deployable() {
    String name = values.get(DeployableKeys.NAME);
    return new Deployable(
        source,
        name,
        values.find(DeployableKeys.DESCRIPTION),
        new Deployable.Hosts(
            values.get(DeployableKeys.HOSTS),
            values.find(DeployableKeys.GROUPS).map(Path::of),
            values.get(DeployableKeys.HOST),
            values.find(DeployableKeys.USER)),
        SshKeys.read(values),
        values.find(DeployableKeys.ROOT).orElse(".carillon/services/" + name),
        Path.of(values.get(DeployableKeys.REPORTS)),
        new Deployable.Release(
            Path.of(values.get(DeployableKeys.FILES)),
            values.find(DeployableKeys.VERSION).orElse(name),
            values.get(DeployableKeys.SHARED),
            number(DeployableKeys.KEEP)),
        service(),
        new Deployable.Backup(
            values.get(DeployableKeys.BACKUP_PATHS),
            values.get(DeployableKeys.BACKUP_RETENTION),
            number(DeployableKeys.BACKUP_KEEP)),
        new Deployable.Rollout(
            values.get(DeployableKeys.BATCH),
            number(DeployableKeys.CANARY),
            values.get(DeployableKeys.MAX_FAIL),
            values.get(DeployableKeys.SOAK)),
        validate());
  }

  private int number(Key<Long> key) {
    return Math.toIntExact(values.get(key));
  }

  private Optional<Deployable.Service> service() {
    Optional<Deployable.Start> start =
        values
            .find(ServiceKeys.START)
            .<Deployable.Start>map(Deployable.Start.Program::new)
            .or(() -> values.find(ServiceKeys.UNIT).map(Deployable.Start.SystemdUserUnit::new));
    return start.map(
        how ->
            new Deployable.Service(
                how,
                new Deployable.Stop(
                    values.get(ServiceKeys.STOP_SIGNAL), values.get(ServiceKeys.STOP_DEADLINE)),
                new Deployable.Health(
                    values.find(ServiceKeys.HTTP),
                    values.find(ServiceKeys.PORT).map(OptionalInt::of).orElse(OptionalInt.empty()),
                    values.find(ServiceKeys.COMMAND).orElse(List.of()),
                    values.find(ServiceKeys.PID_FILE),
                    values.get(ServiceKeys.WINDOW),
                    values.get(ServiceKeys.INTERVAL))));
  }

  private Deployable.Validate validate() {
    return new Deployable.Validate(
        file.members("validate.tests").stream().map(this::test).toList(),
        values.get(ValidateKeys.LOGS),
        file.members("validate.patterns").stream().map(this::pattern).toList(),
        new Deployable.Limits(
            decimal(ValidateKeys.CPU),
            decimal(ValidateKeys.MEMORY),
            decimal(ValidateKeys.DISK),
            values.find(ValidateKeys.OPEN_FILES).map(OptionalLong::of).orElse(OptionalLong.empty()),
            values.find(ValidateKeys.CLOCK_BOUND),
            values.find(ValidateKeys.RESPONSE_P99)),
        values.get(ValidateKeys.PORTS),
        values
            .find(ValidateKeys.UDP)
            .map(udp -> new Deployable.Connectivity(udp, number(ValidateKeys.PROBES))),
        values.find(ValidateKeys.EXPERIMENT).map(Path::of));
  }

  private Deployable.Test test(String number) {
    return new Deployable.Test(
        values.get(ValidateKeys.TEST_NAME, number),
        values.get(ValidateKeys.TEST_COMMAND, number),
        values.get(ValidateKeys.TEST_DEADLINE, number));
  }

  private Deployable.LogPattern pattern(String number) {
    return new Deployable.LogPattern(
        values.get(ValidateKeys.PATTERN_NAME, number),
        values.get(ValidateKeys.PATTERN_REGEX, number),
        values.get(ValidateKeys.PATTERN_MAX, number));
  }

  private OptionalDouble decimal(Key<Double> key) {
    return values.find(key).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
