/**
 * How access to a PostgreSQL is given, seen and taken away: the one place that knows.
 *
 * <p>Begin at {@link io.gatehouse.engines.postgres.access.SystemRoles}, which says what a SQL user
 * is, and at {@link io.gatehouse.engines.postgres.access.RoleRemoval}, which is the list of steps
 * that take a role away. Roles, databases and relations are found by OID here, never by a name that
 * somebody can change.
 */
@NullMarked
package io.gatehouse.engines.postgres.access;

import org.jspecify.annotations.NullMarked;
