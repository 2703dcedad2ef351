package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.spi.LogbackServiceProvider;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogOptionsTest {

  /** By which SLF4J is told who does the logging. */
  private static final String PROVIDER = "slf4j.provider";

  @Test
  void theLogStartsAlsoWhileAnotherThreadBringsUpTheLibrary() throws Exception {
    System.setProperty(PROVIDER, SlowProvider.class.getName());
    try (URLClassLoader fresh = new URLClassLoader(classPath(), platform())) {
      Runnable race =
          (Runnable) fresh.loadClass(Race.class.getName()).getDeclaredConstructor().newInstance();
      assertThatCode(race::run).doesNotThrowAnyException();
    } finally {
      System.clearProperty(PROVIDER);
    }
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }

  private static URL[] classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> url(Path.of(entry).toUri()))
        .toArray(URL[]::new);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Runs where SLF4J is not up yet. */
  public static final class Race implements Runnable {
    @Override
    public void run() {
      SlowProvider.late = Thread.currentThread();
      Thread first = Thread.ofPlatform().daemon().start(LoggerFactory::getILoggerFactory);
      try {
        SlowProvider.BEGUN.await();
        new LogOptions().apply();
      } catch (InterruptedException e) {
        first.interrupt();
      } finally {
        SlowProvider.OVER.countDown();
      }
    }
  }

  /** Is not done before the late one waits for it, or did not. */
  public static final class SlowProvider extends LogbackServiceProvider {
    static final CountDownLatch BEGUN = new CountDownLatch(1);
    static final CountDownLatch OVER = new CountDownLatch(1);
    static volatile Thread late;

    @Override
    public void initialize() {
      BEGUN.countDown();
      try {
        boolean over = false;
        while (!over && late.getState() != Thread.State.BLOCKED) {
          over = OVER.await(1, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.initialize();
    }
  }
}
