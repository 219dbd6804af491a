/**
 * The metadata store: one pool, one transaction runner, migrations, and caches that follow changes.
 */
@NullMarked
package io.gatehouse.platform.store;

import org.jspecify.annotations.NullMarked;
