/**
 * Clusters: what is wanted of each stands in its row; {@link
 * io.gatehouse.cloud.cluster.ClusterReconciler} makes an engine agree with it. A cluster goes from
 * CREATING to CREATED or CREATION_FAILED, is LOCKED while it is being changed, and ends DELETED.
 */
@NullMarked
package io.gatehouse.cloud.cluster;

import org.jspecify.annotations.NullMarked;
