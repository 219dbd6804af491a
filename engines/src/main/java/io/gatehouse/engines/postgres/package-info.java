/**
 * The embedded PostgreSQL engine: every cluster is a PostgreSQL of its own, a process that outlives
 * the control plane.
 *
 * <p>The programs come from the class path ({@code PostgresBinaries}); one prepared data directory
 * ({@link io.gatehouse.engines.postgres.PostgresTemplate}) is copied for each new cluster; {@code
 * PostgresInstance} starts, finds and ends the process of one data directory, {@code
 * PostgresCluster} puts these together, and {@link io.gatehouse.engines.postgres.PostgresEngine}
 * does so for all clusters. The server's own store uses the same parts through {@link
 * io.gatehouse.engines.postgres.MetadataPostgres}. Linux only.
 */
@NullMarked
package io.gatehouse.engines.postgres;

import org.jspecify.annotations.NullMarked;
