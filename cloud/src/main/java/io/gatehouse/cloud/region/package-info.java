/** The regions of the cloud providers, as names: the clusters all run on this machine. */
@NullMarked
package io.gatehouse.cloud.region;

import org.jspecify.annotations.NullMarked;
