package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.ssh.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A service that was a program and is a unit of systemd now, and the other way round. */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class ServiceKindTest {

  @TempDir private Path folder;

  private Deployable deployable(String service) throws IOException {
    Files.createDirectories(folder.resolve("build"));
    Path file = folder.resolve("echo.yaml");
    Files.writeString(
        file,
        """
        name: echo
        hosts: a
        host: local
        root: "%s/root"
        release: {files: build}
        service: {%s, stop: {deadline: 2s}, health: {window: 10s, interval: 100ms}}
        """
            .formatted(folder, service));
    return DeployableLoader.load(file, List.of(), folder).deployable();
  }

  @Test
  void whatIsStartedInAnotherWayNeverRunsBesideWhatWasStartedBefore() throws IOException {
    Path release = Files.createDirectories(folder.resolve("root/releases/echo-1"));
    Files.createSymbolicLink(folder.resolve("root/current"), Path.of("releases/echo-1"));
    Files.writeString(release.resolve("serve"), "#!/bin/sh\nexec sleep 1000\n");
    assertThat(release.resolve("serve").toFile().setExecutable(true)).isTrue();
    Deployable asProgram = deployable("start: [./serve]");
    Deployable asUnit = deployable("systemd_user_unit: kind.service");
    ServiceControl program = new ServiceControl(asProgram, asProgram.service().orElseThrow());
    UserUnit unit = new UserUnit("kind.service");
    try (UserSystemd systemd = new UserSystemd(folder)) {
      systemd.unit("kind.service", "[Service]\nExecStart=/bin/sleep 1000\n");
      Host host = systemd.host();
      NodeRelease asProgramNow = new NodeRelease(asProgram);
      NodeRelease asUnitNow = new NodeRelease(asUnit);
      asProgramNow.start(host);
      assertThat(asUnitNow.running(host)).as("as it was started").isTrue();

      asUnitNow.start(host);
      assertThat(program.running(host)).isFalse();
      assertThat(unit.isUp(host)).isTrue();
      assertThat(asUnitNow.started(host)).isEqualTo(asUnit.service());

      asUnitNow.serving(asProgram.service().orElseThrow()).start(host); // as when it goes back
      assertThat(unit.isUp(host)).isFalse();
      assertThat(program.running(host)).isTrue();

      asUnitNow.stop(host);
      assertThat(program.running(host)).isFalse();
      assertThat(asUnitNow.started(host)).isEmpty();

      asUnitNow.start(host);
      asProgramNow.stop(host);
      assertThat(unit.isUp(host)).isFalse();
    }
  }
}
