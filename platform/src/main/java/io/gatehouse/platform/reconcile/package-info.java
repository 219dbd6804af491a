/** Durable work: what is wanted stands in rows, a reconciler makes the world agree with it. */
@NullMarked
package io.gatehouse.platform.reconcile;

import org.jspecify.annotations.NullMarked;
