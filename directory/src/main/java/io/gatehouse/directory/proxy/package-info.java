/** The proxy: the lists of an upstream as they are, behind a linked account. */
@NullMarked
package io.gatehouse.directory.proxy;

import org.jspecify.annotations.NullMarked;
