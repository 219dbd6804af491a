/**
 * An operation is one value: method, path, input, output, permission, audit action, summary.
 * Routing, authorization, OpenAPI, metrics and tests are read from these values and from nowhere
 * else.
 */
@NullMarked
package io.gatehouse.platform.operation;

import org.jspecify.annotations.NullMarked;
