package org.carillon.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.carillon.core.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears Ctrl-C twice: the first SIGINT, SIGTERM or SIGHUP asks the command to end in good order,
 * the second ends the process at once. A shutdown hook could not do that, since the virtual machine
 * ignores further signals while hooks run.
 *
 * <p>The virtual machine's signal handling has no public interface; it is reached by reflection, so
 * that nothing is compiled against it, and without it the process simply ends at the first signal.
 */
public final class Interrupts {

  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

  private Interrupts() {}

  /** How long the last words may take, since standard error may be a pipe that nobody reads. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  /**
   * From here on, the first signal runs this, on a thread of its own.
   *
   * @param doing what that does, for the log
   * @param lastWords what to say when a second one ends the process
   */
  public static void onFirst(String doing, Runnable stop, Supplier<String> lastWords) {
    AtomicBoolean heard = new AtomicBoolean();
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      try {
        handle(
            signal,
            () -> {
              if (heard.compareAndSet(false, true)) {
                LOG.warn("SIG{}: {}; once more ends at once", signal, doing);
                stop.run();
              } else {
                say(lastWords);
                Runtime.getRuntime().halt(ExitCode.ABORTED.code());
              }
            });
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        LOG.debug("SIG{} cannot be handled", signal, e);
      }
    }
  }

  private static void say(Supplier<String> lastWords) {
    try {
      Thread.ofPlatform().daemon().start(() -> LOG.error(lastWords.get())).join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                action.run();
                yield null;
              }
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "handler of SIG" + name;
            };
    Object proxy =
        Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {handler}, calls);
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }
}
