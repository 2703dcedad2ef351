package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickJarsTest {

  @Test
  void oldClassesGetTheVersionOfStackMapsAndPassTheirVerifier(@TempDir Path folder)
      throws Exception {
    Path jar = rewrittenPicocli(folder);
    try (ZipFile entries = new ZipFile(jar.toFile());
        InputStream content =
            entries.getInputStream(entries.getEntry("picocli/CommandLine.class"))) {
      assertThat(ClassFile.of().parse(content.readAllBytes()).majorVersion())
          .isEqualTo(ClassFile.JAVA_7_VERSION);
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> rewritten = Class.forName("picocli.CommandLine", true, loader);
      assertThat(rewritten.getClassLoader()).isSameAs(loader);
      assertThat(rewritten.getField("VERSION").get(null)).isEqualTo(CommandLine.VERSION);
    }
  }

  @Test
  void everyEntryIsKeptAndStored(@TempDir Path folder) throws IOException {
    Path jar = rewrittenPicocli(folder);
    try (ZipFile before = new ZipFile(picocli().toFile());
        ZipFile after = new ZipFile(jar.toFile())) {
      List<String> names =
          Collections.list(after.entries()).stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .isEqualTo(Collections.list(before.entries()).stream().map(ZipEntry::getName).toList());
      assertThat(Collections.list(after.entries()))
          .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
    }
  }

  @Test
  void aNewEnoughClassIsLeftAsItIs() throws IOException {
    try (InputStream content = QuickJars.class.getResourceAsStream("QuickJars.class")) {
      byte[] before = content.readAllBytes();
      assertThat(QuickJars.withStackMaps(before, QuickJars.class.getClassLoader()))
          .isSameAs(before);
    }
  }

  private static Path rewrittenPicocli(Path folder) throws IOException {
    Path jar = Files.copy(picocli(), folder.resolve("picocli.jar"));
    QuickJars.rewrite(jar);
    return jar;
  }

  private static Path picocli() {
    return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
