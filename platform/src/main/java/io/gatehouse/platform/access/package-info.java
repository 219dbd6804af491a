/** Who may do what: roles, grants, the permission table, and the one place that decides. */
@NullMarked
package io.gatehouse.platform.access;

import org.jspecify.annotations.NullMarked;
