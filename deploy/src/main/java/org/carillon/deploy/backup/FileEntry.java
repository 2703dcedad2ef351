package org.carillon.deploy.backup;

import java.util.Optional;

/**
 * What a name stands for.
 *
 * @param mode permissions, octal, such as {@code 640}
 * @param sizeBytes of a file; 0 otherwise
 * @param sha256 of a file's content
 * @param target of a link
 */
record FileEntry(
    Kind kind, String mode, long sizeBytes, Optional<String> sha256, Optional<RawName> target) {

  /** What there is in a folder. */
  enum Kind {
    FOLDER("folder"),
    FILE("file"),
    LINK("link"),
    /** A socket, a pipe, a device. */
    OTHER("other");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("'" + word + "' is no kind of file");
    }
  }

  /** How another entry of the same name differs from this one, in a few words. */
  Optional<String> difference(FileEntry other) {
    if (kind != other.kind) {
      return Optional.of("is a " + other.kind.word + ", not a " + kind.word);
    }
    if (sizeBytes != other.sizeBytes) {
      return Optional.of("has " + other.sizeBytes + " bytes, not " + sizeBytes);
    }
    if (!sha256.equals(other.sha256)) {
      return Optional.of("has another content");
    }
    if (!target.equals(other.target)) {
      return Optional.of("points elsewhere");
    }
    // A link has no permissions of its own.
    return kind == Kind.LINK || mode.equals(other.mode)
        ? Optional.empty()
        : Optional.of("has mode " + other.mode + ", not " + mode);
  }
}
