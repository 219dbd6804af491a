/** Roles that principals hold on the organization, on folders and on clusters. */
@NullMarked
package io.gatehouse.cloud.role;

import org.jspecify.annotations.NullMarked;
