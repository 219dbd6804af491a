package io.gatehouse.engines;

/** Where a cluster listens for SQL, as reached from this machine. */
public record Endpoint(String host, int port) {}
