package org.carillon.deploy.release;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parcels of one release: packed once for all hosts that have the same files already. */
final class Parcels implements AutoCloseable {
  private final ManifestScan.Found release;
  private final Path folder;
  private final Map<String, Parcel> parcels = new HashMap<>();

  /**
   * @param folder of this machine with room for the release
   */
  Parcels(ManifestScan.Found release, Path folder) {
    this.release = release;
    this.folder = folder;
  }

  Manifest manifest() {
    return release.manifest();
  }

  /** The parcel for a host that has this already. */
  synchronized Parcel over(Optional<Manifest> base) {
    String key = base.map(it -> Manifest.sha256(it.bytes())).orElse("");
    return parcels.computeIfAbsent(key, none -> Parcel.pack(release, base, folder));
  }

  /** The SHA-256 of each parcel that was packed. */
  synchronized List<String> sums() {
    return parcels.values().stream().map(Parcel::sha256).toList();
  }

  @Override
  public synchronized void close() {
    parcels.values().forEach(Parcel::close);
  }
}
