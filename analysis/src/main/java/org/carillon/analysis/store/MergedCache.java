package org.carillon.analysis.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.Recording;
import org.carillon.core.CarillonException;

/**
 * What an analysis leaves for the next one of the same run: merged.parquet, and beside it in
 * merged.json what became of the files, and under which SHA-256 each was read. A cache that does
 * not fit the files as they are now, or cannot be read, is passed over and made again. A file whose
 * {@link FileStamp} is still the same is taken to have the same SHA-256.
 */
public final class MergedCache {

  /** Raised when merged.parquet or merged.json change: what an older version left is made again. */
  private static final int FORMAT = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final boolean reuse;
  private final String version;

  /**
   * In a folder.
   *
   * @param folder exists, and can be written to
   * @param reuse whether what is there may be used
   * @param version of this program: answers of another one are asked for again
   */
  public MergedCache(Path folder, boolean reuse, String version) {
    this.folder = folder;
    this.reuse = reuse;
    this.version = version;
  }

  /** As above, where no answers are kept. */
  MergedCache(Path folder, boolean reuse) {
    this(folder, reuse, "");
  }

  Path parquet() {
    return folder.resolve("merged.parquet");
  }

  private Path manifest() {
    return folder.resolve("merged.json");
  }

  /** What an earlier analysis made of the very same files. */
  Optional<MergedRun> find(List<Recording> recordings, int threads, LongConsumer progress) {
    if (!reuse) {
      return Optional.empty();
    }
    try {
      Optional<JsonNode> kept = root();
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      JsonNode root = kept.get();
      MergedRun run = ManifestJson.read(root);
      FileStamps then = FileStamps.read(root);
      FileStamps now = FileStamps.before(recordings);
      List<Integer> unsure =
          IntStream.range(0, recordings.size()).filter(i -> !then.isSame(i, now)).boxed().toList();
      if (!isOf(run.files(), recordings, unsure, threads, progress)) {
        return Optional.empty();
      }
      if (!unsure.isEmpty()) {
        keep(run, now);
      }
      return Optional.of(run);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What is kept here, of whatever files; empty if that is nothing, or damaged. */
  Optional<MergedRun> read() {
    try {
      return root().map(ManifestJson::read);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<JsonNode> root() throws IOException {
    if (!Files.isRegularFile(parquet()) || !Files.isRegularFile(manifest())) {
      return Optional.empty();
    }
    JsonNode root = JSON.readTree(manifest().toFile());
    return root.path("format").asInt() == FORMAT
            && root.path("parquet_bytes").asLong() == Files.size(parquet())
        ? Optional.of(root)
        : Optional.empty();
  }

  /**
   * Whether what was made of some files is of these.
   *
   * @param unsure of which files it has to be found out by their content
   */
  private static boolean isOf(
      List<InputFile> files,
      List<Recording> recordings,
      List<Integer> unsure,
      int threads,
      LongConsumer progress)
      throws IOException {
    if (files.size() != recordings.size()) {
      return false;
    }
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).name().equals(recordings.get(i).name())
          || files.get(i).sizeBytes() != Files.size(recordings.get(i).path())) {
        return false;
      }
      if (!unsure.contains(i)) {
        progress.accept(files.get(i).sizeBytes());
      }
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<CompletableFuture<String>> hashes =
          unsure.stream()
              .map(recordings::get)
              .map(
                  recording ->
                      CompletableFuture.supplyAsync(() -> recording.sha256(progress), executor))
              .toList();
      boolean same = true;
      for (int i = 0; i < unsure.size(); i++) {
        same &= files.get(unsure.get(i)).sha256().equals(hashes.get(i).join());
      }
      return same;
    } catch (CompletionException e) {
      throw e.getCause() instanceof CarillonException cause ? cause : e;
    }
  }

  /**
   * Keeps what was made of the files; their merged.parquet is in its place.
   *
   * @param before of the files, before they were read
   */
  void keep(MergedRun run, FileStamps before) {
    try {
      ObjectNode root = JSON.createObjectNode();
      root.put("format", FORMAT);
      root.put("parquet_bytes", Files.size(parquet()));
      ManifestJson.write(root, run);
      before.write(root);
      CacheFile.write(manifest(), JSON.writeValueAsBytes(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what a merge found is no JSON", e);
    } catch (IOException e) {
      throw Database.cannotWrite(manifest(), e);
    }
  }

  /** The answers that earlier analyses of the same files were given. */
  Answers answers(List<InputFile> files) {
    return Answers.of(folder.resolve("answers.json"), files, reuse, version);
  }

  /**
   * The intervals in hindsight that earlier analyses of the same files worked out.
   *
   * @param answers about these files
   */
  KeptIntervals intervals(Answers answers) {
    return new KeptIntervals(folder.resolve("hindsight.parquet"), reuse, answers);
  }
}
