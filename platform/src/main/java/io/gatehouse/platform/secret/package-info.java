/** Values that must not leak, and the keyset that seals and signs them. */
@NullMarked
package io.gatehouse.platform.secret;

import org.jspecify.annotations.NullMarked;
