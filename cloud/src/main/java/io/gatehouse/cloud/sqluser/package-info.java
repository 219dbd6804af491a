/** The SQL users of a cluster; the truth about them is the cluster's database. */
@NullMarked
package io.gatehouse.cloud.sqluser;

import org.jspecify.annotations.NullMarked;
