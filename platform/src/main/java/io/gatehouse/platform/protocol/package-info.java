/** What is particular to an API, as one value: {@link io.gatehouse.platform.protocol.Protocol}. */
@NullMarked
package io.gatehouse.platform.protocol;

import org.jspecify.annotations.NullMarked;
