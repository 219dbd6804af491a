package io.gatehouse.platform.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, connections among them, this process may have open. */
final class OpenFiles {
  /** For jars, logs, the store, the clusters and the linked systems. */
  private static final long OTHERS = 512;

  private OpenFiles() {}

  /** What is left for connections; a listener that runs out of files is gone for good. */
  static int forConnections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? Math.clamp(system.getMaxFileDescriptorCount() - OTHERS, 64, Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }
}
