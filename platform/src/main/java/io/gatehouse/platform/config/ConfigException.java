package io.gatehouse.platform.config;

/** The program cannot start as it is configured; the message is one line for a person. */
public final class ConfigException extends RuntimeException {
  public ConfigException(String message) {
    super(message);
  }
}
