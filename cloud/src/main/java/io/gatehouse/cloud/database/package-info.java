/** The databases of a cluster; the truth about them is the cluster itself. */
@NullMarked
package io.gatehouse.cloud.database;

import org.jspecify.annotations.NullMarked;
