/**
 * The way of every call to an upstream, as one list of steps; see {@link
 * io.gatehouse.directory.gateway.Gateway}. Nothing outside this room calls out, and nothing outside
 * the step that injects them opens credentials.
 */
@NullMarked
package io.gatehouse.directory.gateway;

import org.jspecify.annotations.NullMarked;
