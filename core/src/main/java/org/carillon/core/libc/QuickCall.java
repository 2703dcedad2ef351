package org.carillon.core.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Calls of functions of the C library that return at once, such as clock_gettime(2). The garbage
 * collector has to wait for them; in return they cost less than a {@link CLibrary} call, and no
 * object, compiled or not. Their {@code errno} is lost. Pointers are passed as addresses, and
 * integers as wide as registers are, both as in {@link CLibrary}.
 */
public final class QuickCall {

  @SuppressWarnings("restricted") // What the signature says is what the functions take.
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
              Linker.Option.critical(false));

  private QuickCall() {}

  /** A function of at most two arguments that returns an int. */
  public static int call(MemorySegment function, long a, long b) {
    try {
      return (int) (long) CALL.invokeExact(function, a, b);
    } catch (RuntimeException | Error fault) {
      throw fault;
    } catch (Throwable impossible) {
      throw new AssertionError("a call of the C library throws nothing", impossible);
    }
  }
}
