/**
 * SQL sessions of the control plane in a PostgreSQL: opened as its superuser, kept for each
 * cluster, and safe from whatever users can set or rename.
 */
@NullMarked
package io.gatehouse.engines.postgres.sql;

import org.jspecify.annotations.NullMarked;
