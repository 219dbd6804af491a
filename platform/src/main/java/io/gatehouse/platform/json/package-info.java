/** How JSON is read and written, the same for every API that this product speaks. */
@NullMarked
package io.gatehouse.platform.json;

import org.jspecify.annotations.NullMarked;
