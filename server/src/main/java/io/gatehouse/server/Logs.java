package io.gatehouse.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.gatehouse.platform.config.ConfigException;
import org.slf4j.LoggerFactory;

/** The log of this process: how much is written, and that the last lines are. */
final class Logs {
  private Logs() {}

  static void setLevel(String name) {
    Level level = Level.toLevel(name, Level.OFF);
    if (level == Level.OFF) {
      throw new ConfigException(
          "setting 'log-level' must be ERROR, WARN, INFO or DEBUG, not '%s'".formatted(name));
    }
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(level);
    }
  }

  /** Writes what has not been written yet; nothing is logged after it. */
  static void close() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }
}
