package org.carillon.core.libc;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the C library can be called from here. */
public final class Platform {

  /** Those whose memory layouts and calling conventions are known here. */
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

  private static final Optional<String> OBSTACLE =
      obstacle(
          System.getProperty("os.name"),
          System.getProperty("os.arch"),
          ByteOrder.nativeOrder(),
          Platform.class.getModule().isNativeAccessEnabled());

  private Platform() {}

  /** Why the C library is not to be called in this process, if so. */
  public static Optional<String> obstacle() {
    return OBSTACLE;
  }

  static Optional<String> obstacle(
      String system, String architecture, ByteOrder order, boolean nativeAccess) {
    if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
      return Optional.of("the system is " + system + ", not Linux");
    }
    if (!ARCHITECTURES.contains(architecture) || order != ByteOrder.LITTLE_ENDIAN) {
      return Optional.of("the processor is " + architecture);
    }
    return nativeAccess
        ? Optional.empty()
        : Optional.of("java was started without --enable-native-access=ALL-UNNAMED");
  }
}
