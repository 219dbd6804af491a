/** Service accounts: the principals of this API. */
@NullMarked
package io.gatehouse.cloud.serviceaccount;

import org.jspecify.annotations.NullMarked;
