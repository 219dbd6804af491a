/**
 * The unified layer: accounts at other systems are linked once, and then read in one shape, or one
 * to one. A room for each kind of thing, wired together in {@link
 * io.gatehouse.directory.DirectoryModule}.
 */
@NullMarked
package io.gatehouse.directory;

import org.jspecify.annotations.NullMarked;
