package io.gatehouse.server;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int exitCode = Commands.build().execute(args);
    Logs.close();
    System.exit(exitCode);
  }
}
