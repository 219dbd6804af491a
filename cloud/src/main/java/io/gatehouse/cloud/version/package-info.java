/** The dated versions of the API: each older one is a list of small changes to the next. */
@NullMarked
package io.gatehouse.cloud.version;

import org.jspecify.annotations.NullMarked;
