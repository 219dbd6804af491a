/**
 * Assembly only: the program's commands, the data directory, and the wiring of all modules in
 * {@link io.gatehouse.server.Server}.
 */
@NullMarked
package io.gatehouse.server;

import org.jspecify.annotations.NullMarked;
