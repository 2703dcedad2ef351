package org.carillon.ssh.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.CommandInput;

/**
 * Files and folders of this machine, packed once for all hosts into a temporary file: an archive of
 * {@code tar}, which keeps modes, links and names of any bytes, with the SHA-256 of every file in
 * it.
 */
public final class Bundle implements AutoCloseable {
  static final String SUMS = ".carillon-sums";

  /**
   * Stands last, since {@code tar} takes an archive that ends between two files for a whole one.
   */
  static final String END = ".carillon-end";

  /**
   * One thing to be copied.
   *
   * @param packed its name in the archive
   * @param wanted its name on the host, unless another is asked for
   */
  record Item(String packed, String wanted) {}

  private static final String SUMMING = Delivery.read("sums.sh");
  private static final String PREFIX = "carillon-copy";

  private final Path folder;
  private final List<Item> items;
  private final long sizeBytes;

  private Bundle(Path folder, List<Item> items) throws IOException {
    this.folder = folder;
    this.items = List.copyOf(items);
    this.sizeBytes = Files.size(archive(folder));
  }

  /**
   * Packs them.
   *
   * @param sources files and folders; a symbolic link stands for what it points to
   * @throws CarillonException if one of them cannot be read, or two have the same name
   */
  public static Bundle of(List<Path> sources) {
    Path folder;
    try {
      folder = temporary();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot pack what is to be copied: " + RunFiles.reason(e), e);
    }
    try {
      return pack(folder, sources);
    } catch (IOException e) {
      remove(folder);
      throw new CarillonException(
          ExitCode.USAGE, "cannot pack what is to be copied: " + RunFiles.reason(e), e);
    } catch (RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private static Bundle pack(Path folder, List<Path> sources) throws IOException {
    List<Item> items = new ArrayList<>();
    List<String> tar =
        new ArrayList<>(
            List.of("tar", "-cf", archive(folder).toString(), "-C", folder.toString(), SUMS));
    Set<String> names = new HashSet<>();
    Files.createFile(folder.resolve(SUMS));
    Files.createFile(folder.resolve(END));
    for (Path source : sources) {
      if (!Files.isReadable(source)) {
        throw new CarillonException(
            ExitCode.USAGE, "there is no readable file or folder " + source);
      }
      Path real = source.toRealPath();
      Path name = source.toAbsolutePath().normalize().getFileName();
      if (real.getParent() == null || name == null) {
        throw new CarillonException(ExitCode.USAGE, "name a folder below /, not / itself");
      }
      Item item = new Item(real.getFileName().toString(), name.toString());
      if (!names.add(item.wanted()) | !names.add("packed/" + item.packed())) {
        throw new CarillonException(
            ExitCode.USAGE, "two things to be copied are called " + item.wanted());
      }
      items.add(item);
      String inParent = "./" + item.packed();
      run(
          real.getParent(),
          ProcessBuilder.Redirect.appendTo(folder.resolve(SUMS).toFile()),
          List.of("sh", "-c", SUMMING, "sh", inParent));
      tar.addAll(List.of("-C", real.getParent().toString(), inParent));
    }
    tar.addAll(List.of("-C", folder.toString(), END));
    run(folder, ProcessBuilder.Redirect.DISCARD, tar);
    return new Bundle(folder, items);
  }

  private static void run(Path folder, ProcessBuilder.Redirect out, List<String> argv)
      throws IOException {
    Process process =
        new ProcessBuilder(argv).directory(folder.toFile()).redirectOutput(out).start();
    process.getOutputStream().close();
    String said =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new CarillonException(
            ExitCode.USAGE,
            "cannot pack what is to be copied: "
                + (said.isEmpty()
                    ? argv.getFirst() + " failed"
                    : said.lines().toList().getFirst()));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CarillonException(ExitCode.ABORTED, "packing was given up on request", e);
    }
  }

  private static Path archive(Path folder) {
    return folder.resolve("archive.tar");
  }

  List<Item> items() {
    return items;
  }

  /** What each host is sent, in bytes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Java itself does not look at TMPDIR. */
  private static Path temporary() throws IOException {
    String named = System.getenv("TMPDIR");
    return named == null || named.isEmpty()
        ? Files.createTempDirectory(PREFIX)
        : Files.createTempDirectory(Path.of(named), PREFIX);
  }

  /** The archive. */
  CommandInput content() {
    return () -> Files.newInputStream(archive(folder));
  }

  /** Deletes the temporary file. */
  @Override
  public void close() {
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // It lies in the folder for temporary files, which is emptied by others.
    }
  }
}
