/**
 * Engines carry SQL clusters. This room holds what every engine promises: what it can do ({@link
 * io.gatehouse.engines.Capabilities}), what is really there ({@link
 * io.gatehouse.engines.Observed}), how the world is brought to what is wanted ({@link
 * io.gatehouse.engines.ClusterEngine#converge}) and how users and databases inside a cluster are
 * administered ({@link io.gatehouse.engines.SqlAdmin}). Nothing here knows HTTP, tenants or the
 * metadata store; another engine must never need a change here.
 */
@NullMarked
package io.gatehouse.engines;

import org.jspecify.annotations.NullMarked;
