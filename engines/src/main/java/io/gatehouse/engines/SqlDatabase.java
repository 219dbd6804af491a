package io.gatehouse.engines;

/**
 * A database inside a cluster.
 *
 * @param tableCount its users' tables, partitions not counted; 0 if it refuses connections
 */
public record SqlDatabase(String name, long tableCount) {}
