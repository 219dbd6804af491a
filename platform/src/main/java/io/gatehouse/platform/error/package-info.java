/**
 * The one vocabulary of what can go wrong. Each API renders it in its own dialect; see {@link
 * io.gatehouse.platform.operation.Dialect}.
 */
@NullMarked
package io.gatehouse.platform.error;

import org.jspecify.annotations.NullMarked;
