/** What the requests and answers of every room have in common. */
@NullMarked
package io.gatehouse.cloud.api;

import org.jspecify.annotations.NullMarked;
