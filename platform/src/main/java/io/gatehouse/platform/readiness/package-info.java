/** Whether the server can be used, check by check, as {@code /readyz} tells it. */
@NullMarked
package io.gatehouse.platform.readiness;

import org.jspecify.annotations.NullMarked;
