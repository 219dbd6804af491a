/**
 * Unified resources: what many systems have, in one shape. A list is put together live from the
 * lists of the upstream, page by page, as far as it is asked for.
 */
@NullMarked
package io.gatehouse.directory.unified;

import org.jspecify.annotations.NullMarked;
