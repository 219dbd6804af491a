package io.gatehouse.engines;

/** Where clients reach a cluster for SQL: a name, or an address without brackets, and a port. */
public record Endpoint(String host, int port) {}
