/** Organizations: whom everything belongs to. */
@NullMarked
package io.gatehouse.cloud.organization;

import org.jspecify.annotations.NullMarked;
