package org.carillon.core.fault;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process as {@code kill -9} does: nothing is written, closed or said any more. The
 * signal comes from the process itself; where the C library cannot be called, Java's halt with the
 * exit code that a shell shows for that signal takes its place.
 */
final class SuddenDeath implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SuddenDeath.class);

  private static final int SIGKILL = 9;
  private static final int EXIT_CODE = 128 + SIGKILL;

  /** Linked beforehand: making it takes longer than dying. */
  private final Optional<MethodHandle> raise = raise();

  @SuppressWarnings("restricted") // int raise(int), as in every C library
  private static Optional<MethodHandle> raise() {
    if (!SuddenDeath.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("raise");
    return function.map(
        address ->
            linker.downcallHandle(
                address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
  }

  @Override
  public void run() {
    if (raise.isPresent()) {
      try {
        int refused = (int) raise.get().invokeExact(SIGKILL);
        LOG.debug("raise returned {}", refused);
      } catch (Throwable fault) {
        LOG.debug("raise failed", fault);
      }
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
