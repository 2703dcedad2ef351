package org.carillon.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.control.view.Screen;
import org.slf4j.LoggerFactory;

/** What standard input, output and error are connected to. */
public final class Terminal {

  private static final int STANDARD_INPUT = 0;
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  /** The same number on x86-64 and aarch64. */
  private static final long TIOCGWINSZ = 0x5413;

  // struct winsize begins with rows and columns.
  private static final int ROWS_INDEX = 0;
  private static final int COLUMNS_INDEX = 1;

  private static final int COLUMNS_USUAL = 80;
  private static final int COLUMNS_MIN = 20;
  private static final int ROWS_USUAL = 24;
  private static final int ROWS_MIN = 8;

  private Terminal() {}

  /** Whether standard error is a terminal that can redraw its last line. */
  public static boolean isInteractive() {
    return isTerminal(STANDARD_ERROR);
  }

  /** Whether somebody can answer on standard input. */
  public static boolean isInputInteractive() {
    return isTerminal(STANDARD_INPUT);
  }

  /** Whether standard output is a terminal. */
  static boolean isOutputInteractive() {
    return isTerminal(STANDARD_OUTPUT);
  }

  /** Whether standard output is a terminal with colours, and NO_COLOR (no-color.org) is not set. */
  static boolean isColoured() {
    String refusal = System.getenv("NO_COLOR");
    return (refusal == null || refusal.isEmpty()) && isTerminal(STANDARD_OUTPUT);
  }

  private static boolean isTerminal(int descriptor) {
    if ("dumb".equals(System.getenv("TERM")) || System.getenv("TERM") == null) {
      return false;
    }
    try {
      // Console.isTerminal() would ask about standard input and output together.
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return device.startsWith("/dev/pts")
          || device.toString().startsWith("/dev/tty")
          || device.equals(Path.of("/dev/console"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Columns of the terminal: what it says, or what the shell exports as COLUMNS, or 80. */
  public static int columns() {
    return size(COLUMNS_INDEX, "COLUMNS", COLUMNS_USUAL, COLUMNS_MIN);
  }

  /**
   * As above, of standard output; without limit if that is no terminal, so that a sentence stays
   * one.
   */
  public static int outputColumns() {
    return isOutputInteractive() ? columns() : Integer.MAX_VALUE;
  }

  /** Rows of the terminal: what it says, or what the shell exports as LINES, or 24. */
  static int rows() {
    return size(ROWS_INDEX, "LINES", ROWS_USUAL, ROWS_MIN);
  }

  /** The last lines of standard error; from now on, whatever is logged appears above them. */
  public static Screen screen() {
    Screen screen = new Screen(System.err);
    System.setErr(screen.above());
    return screen;
  }

  private static int size(int index, String variable, int usual, int min) {
    int size = sizeOfDevice(index);
    String exported = System.getenv(variable);
    if (size == 0 && exported != null && exported.matches("[0-9]{1,4}")) {
      size = Integer.parseInt(exported);
    }
    return size == 0 ? usual : Math.max(min, size);
  }

  /** ioctl TIOCGWINSZ (ioctl_tty(2)) on standard error; 0 if it does not know. */
  @SuppressWarnings("restricted")
  private static int sizeOfDevice(int index) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle ioctl =
          linker.downcallHandle(
              linker.defaultLookup().find("ioctl").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4); // rows, columns, two unused
      int fault = (int) ioctl.invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
      return fault == 0 ? Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, index)) : 0;
    } catch (Throwable e) {
      LoggerFactory.getLogger(Terminal.class).debug("the terminal's size is not to be had", e);
      return 0;
    }
  }
}
