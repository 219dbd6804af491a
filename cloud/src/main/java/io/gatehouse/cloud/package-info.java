/**
 * The CockroachDB Cloud API over clusters that are real: a room for each resource, wired together
 * in {@link io.gatehouse.cloud.CloudModule}.
 */
@NullMarked
package io.gatehouse.cloud;

import org.jspecify.annotations.NullMarked;
