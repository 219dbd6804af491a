/**
 * The way of a request, as one list of stages: receive, authenticate, limit, parse, authorize,
 * execute, render. Nothing below this room knows HTTP.
 */
@NullMarked
package io.gatehouse.platform.edge;

import org.jspecify.annotations.NullMarked;
