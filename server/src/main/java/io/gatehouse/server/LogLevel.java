package io.gatehouse.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gatehouse.platform.config.ConfigException;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class LogLevel {
  private LogLevel() {}

  static void set(String name) {
    Level level = Level.toLevel(name, Level.OFF);
    if (level == Level.OFF) {
      throw new ConfigException(
          "setting 'log-level' must be ERROR, WARN, INFO or DEBUG, not '%s'".formatted(name));
    }
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(level);
    }
  }
}
