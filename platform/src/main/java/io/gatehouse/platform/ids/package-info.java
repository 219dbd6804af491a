/** Identity: every id is a UUID of version 7, made here and never by the database. */
@NullMarked
package io.gatehouse.platform.ids;

import org.jspecify.annotations.NullMarked;
