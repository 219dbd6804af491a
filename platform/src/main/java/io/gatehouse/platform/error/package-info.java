/** The one vocabulary of what can go wrong. Each API renders it in the form of its protocol. */
@NullMarked
package io.gatehouse.platform.error;

import org.jspecify.annotations.NullMarked;
