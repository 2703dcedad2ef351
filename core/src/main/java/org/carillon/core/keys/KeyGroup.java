package org.carillon.core.keys;

import java.util.ArrayList;
import java.util.List;

/** The keys of one group of the file, in the order in which they are declared. */
public final class KeyGroup {

  private final List<Key<?>> keys = new ArrayList<>();

  /** Declares the next one. */
  public <T> Key<T> add(Key<T> key) {
    keys.add(key);
    return key;
  }

  public List<Key<?>> keys() {
    return List.copyOf(keys);
  }
}
