/** API keys: how a service account proves that it is itself. Only a keyed hash is stored. */
@NullMarked
package io.gatehouse.cloud.apikey;

import org.jspecify.annotations.NullMarked;
