/** Settings: one record for each area, read from file, environment and flags, strictly. */
@NullMarked
package io.gatehouse.platform.config;

import org.jspecify.annotations.NullMarked;
