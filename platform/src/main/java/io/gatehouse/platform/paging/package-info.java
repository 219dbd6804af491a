/** Keyset paging with opaque tokens, the same for every list. */
@NullMarked
package io.gatehouse.platform.paging;

import org.jspecify.annotations.NullMarked;
