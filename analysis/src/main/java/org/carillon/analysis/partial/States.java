package org.carillon.analysis.partial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.analysis.Effort;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.run.Sha256;

/** The states of the shares of a run, as they were found. */
public final class States {

  /** How many shares that are missing are named. */
  private static final int NAMED = 5;

  private record State(Path folder, StateJson about) {}

  private final List<State> states;

  private States(List<State> states) {
    this.states = states;
  }

  /**
   * Looks for states.
   *
   * @param places folders of states, or states themselves
   * @throws CarillonException NO_DATA if there is none, USAGE if one cannot be read
   */
  public static States find(List<Path> places) {
    List<State> found = new ArrayList<>();
    for (Path place : places) {
      List<Path> folders = isState(place) ? List.of(place) : statesIn(place);
      if (folders.isEmpty()) {
        throw new CarillonException(
            ExitCode.NO_DATA,
            "there is no share of a run in "
                + place
                + "; make each with: analyze RUN_DIR --partial K/N --out "
                + place);
      }
      folders.forEach(folder -> found.add(read(folder)));
    }
    return new States(found);
  }

  private static boolean isState(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name != null && Share.named(name.toString()).isPresent();
  }

  private static List<Path> statesIn(Path place) {
    try (Stream<Path> inside = Files.list(place)) {
      return inside.filter(States::isState).sorted().toList();
    } catch (IOException e) {
      throw refused("cannot list " + place + ": " + RunFiles.reason(e) + ".");
    }
  }

  private static State read(Path folder) {
    try {
      return new State(folder, StateJson.read(folder.resolve(StateJson.NAME)));
    } catch (IOException e) {
      throw refused(
          folder
              + " is damaged: its "
              + StateJson.NAME
              + " cannot be read; make this share again.");
    }
  }

  /**
   * Makes sure that they are whole, fit together, and are all that there are.
   *
   * @param version of this program
   * @param reading is told how far the checking is
   * @return their folders, by number
   * @throws CarillonException NO_DATA if a share is missing, USAGE if one is of no use
   */
  public List<Path> checked(String version, Effort.Reading reading) {
    State first = states.getFirst();
    int count = first.about.share().of();
    Map<Integer, State> byNumber = new TreeMap<>();
    for (State state : states) {
      StateJson about = state.about;
      if (!about.version().equals(version)) {
        throw refused(
            state.folder
                + " was made by version "
                + about.version()
                + ", and this is "
                + version
                + "; make all shares with the version that merges them.");
      }
      if (about.share().of() != count) {
        throw refused(
            first.folder
                + " and "
                + state.folder
                + " are shares of different divisions; merge those of one.");
      }
      State twin = byNumber.put(about.share().number(), state);
      if (twin != null) {
        throw refused(
            "share "
                + about.share()
                + " is there twice: "
                + twin.folder
                + " and "
                + state.folder
                + ".");
      }
    }
    requireAll(byNumber, count);
    reading.total(
        states.stream()
            .flatMap(state -> state.about.files().stream())
            .mapToLong(StateJson.StateFile::sizeBytes)
            .sum());
    byNumber.values().forEach(state -> requireWhole(state, reading));
    return byNumber.values().stream().map(State::folder).toList();
  }

  private static void requireAll(Map<Integer, State> byNumber, int count) {
    List<Integer> missing =
        IntStream.rangeClosed(1, count)
            .filter(number -> !byNumber.containsKey(number))
            .boxed()
            .toList();
    if (!missing.isEmpty()) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          missing.size()
              + " of "
              + count
              + (missing.size() == 1 ? " shares is missing: " : " shares are missing: ")
              + missing.stream()
                  .limit(NAMED)
                  .map(number -> new Share(number, count).toString())
                  .collect(Collectors.joining(", "))
              + (missing.size() > NAMED ? ", ..." : "")
              + "; make each with: analyze RUN_DIR --partial K/N --out DIR");
    }
  }

  private static void requireWhole(State state, Effort.Reading reading) {
    for (StateJson.StateFile file : state.about.files()) {
      Path path = state.folder.resolve(file.name());
      try {
        if (Files.size(path) != file.sizeBytes()
            || !HexFormat.of().formatHex(Sha256.of(path)).equals(file.sha256())) {
          throw refused(
              state.folder
                  + " is damaged: "
                  + file.name()
                  + " is not as it was written; make share "
                  + state.about.share()
                  + " again.");
        }
      } catch (IOException e) {
        throw refused(
            state.folder
                + " is damaged: cannot read "
                + file.name()
                + " ("
                + RunFiles.reason(e)
                + "); make share "
                + state.about.share()
                + " again.");
      }
      reading.read(file.sizeBytes());
    }
  }

  private static CarillonException refused(String sentence) {
    return new CarillonException(ExitCode.USAGE, sentence);
  }
}
