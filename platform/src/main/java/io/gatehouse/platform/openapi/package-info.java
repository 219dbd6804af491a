/** The OpenAPI 3.1 document, written from the operations. */
@NullMarked
package io.gatehouse.platform.openapi;

import org.jspecify.annotations.NullMarked;
