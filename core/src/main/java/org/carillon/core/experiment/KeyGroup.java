package org.carillon.core.experiment;

import java.util.ArrayList;
import java.util.List;

/** The keys of one group of the file, in the order in which they are declared. */
final class KeyGroup {

  private final List<Key<?>> keys = new ArrayList<>();

  /** Declares the next one. */
  <T> Key<T> add(Key<T> key) {
    keys.add(key);
    return key;
  }

  List<Key<?>> keys() {
    return List.copyOf(keys);
  }
}
