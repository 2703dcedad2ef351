package org.carillon.core.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What Linux lets a thread choose for itself. A virtual thread would choose for the one it runs on.
 */
public final class ThreadSettings {

  /** {@code bits/sched.h}: glibc's {@code cpu_set_t} has 1,024 bits. */
  private static final int PROCESSORS = 1_024;

  /** {@code linux/prctl.h}. */
  private static final int PR_SET_TIMERSLACK = 29;

  /** {@code asm-generic/errno-base.h}. */
  private static final int EINVAL = 22;

  private static final int CALLING_THREAD = 0;

  private ThreadSettings() {}

  /**
   * Runs the calling thread on one processor alone from now on (sched_setaffinity(2)).
   *
   * @param processor as in /proc/cpuinfo, from 0
   * @return why it cannot be had, in a few words; empty if it can
   */
  public static Optional<String> pin(int processor) {
    Optional<String> obstacle = Platform.obstacle();
    if (obstacle.isPresent()) {
      return obstacle;
    }
    if (processor < 0 || processor >= PROCESSORS) {
      return Optional.of(noSuch(processor));
    }
    try (Arena arena = Arena.ofConfined()) {
      CLibrary library = new CLibrary(arena);
      MemorySegment set = arena.allocate(PROCESSORS / Byte.SIZE, Long.BYTES);
      set.setAtIndex(ValueLayout.JAVA_LONG, processor / Long.SIZE, 1L << processor % Long.SIZE);
      int result =
          library.call(
              CLibrary.function("sched_setaffinity"),
              CALLING_THREAD,
              set.byteSize(),
              set.address());
      if (result == 0) {
        return Optional.empty();
      }
      return Optional.of(library.errno() == EINVAL ? noSuch(processor) : library.errorText());
    } catch (LinkageError e) {
      return Optional.of(e.toString());
    }
  }

  private static String noSuch(int processor) {
    return "there is no processor " + processor + ", or this process may not use it";
  }

  /**
   * Lets the kernel wake the calling thread at most so much later than it asked for
   * (PR_SET_TIMERSLACK, prctl(2)); the default is 50 µs. Without effect where it cannot be had.
   *
   * @param slackNs at least 1
   */
  public static void timerSlack(long slackNs) {
    if (slackNs < 1) {
      throw new IllegalArgumentException("a timer slack of " + slackNs + " ns (at least 1)");
    }
    if (Platform.obstacle().isEmpty()) {
      try {
        QuickCall.call(CLibrary.function("prctl"), PR_SET_TIMERSLACK, slackNs);
      } catch (LinkageError e) {
        // Then the thread wakes as late as any other.
      }
    }
  }
}
