package org.carillon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars of the distribution so that they start quickly. Entries are stored uncompressed: no
 * time to inflate them, and an archive around all of them packs better. Class files of Java 5 and
 * older get the stack maps of newer ones (JVMS 4.7.4), because classes without cannot be in an
 * ahead-of-time cache and take the slow verifier; picocli's are such.
 */
final class QuickJars {

  /** The first version in which a class file must have stack maps; below 50 it has none. */
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  private static final int BEFORE_STACK_MAPS = ClassFile.JAVA_5_VERSION;

  private QuickJars() {}

  /** Takes the names of the jars, each of which is replaced. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      rewrite(Path.of(jar));
    }
  }

  static void rewrite(Path jar) throws IOException {
    Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile from = new ZipFile(jar.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        OutputStream file = Files.newOutputStream(rewritten);
        ZipOutputStream to = new ZipOutputStream(file)) {
      to.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class")) {
          content = withStackMaps(content, classes);
        }
        to.putNextEntry(stored(entry, content));
        to.write(content);
      }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ZipEntry stored(ZipEntry original, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(original.getName());
    entry.setTime(original.getTime());
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    return entry;
  }

  /** The same class; a new enough one untouched. */
  static byte[] withStackMaps(byte[] content, ClassLoader classes) {
    int majorVersion = Short.toUnsignedInt(ByteBuffer.wrap(content).getShort(6));
    if (majorVersion > BEFORE_STACK_MAPS) {
      return content;
    }
    ClassFile files =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(classes)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(WITH_STACK_MAPS, 0);
          } else {
            builder.with(element);
          }
        };
    // Written as a transform of its own: with ACCEPT_ALL, code is copied as it is, without stack
    // maps.
    CodeTransform everyInstruction = (builder, instruction) -> builder.with(instruction);
    return files.transformClass(
        files.parse(content),
        version.andThen(ClassTransform.transformingMethodBodies(everyInstruction)));
  }
}
