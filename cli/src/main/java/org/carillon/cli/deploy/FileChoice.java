package org.carillon.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.deploy.deployable.DeployableLoader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which file is meant, and what stands above its keys. */
final class FileChoice {

  @Parameters(
      paramLabel = "FILE.yaml",
      description = "The deployable; docs/deploy.md has every key.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the file, such as rollout.batch=10%%; may be given several times.")
  private List<String> settings = List.of();

  Path file() {
    return file;
  }

  List<String> settings() {
    return settings;
  }

  /** Reads the deployable; options stand above {@code --set}, which stands above the file. */
  DeployableLoader.Loaded load(List<String> fromOptions) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(fromOptions);
    return DeployableLoader.load(file, all, Path.of(""));
  }
}
