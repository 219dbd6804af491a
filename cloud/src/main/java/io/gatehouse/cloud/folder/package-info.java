/** Folders: a small tree in which clusters stand and down which grants reach. */
@NullMarked
package io.gatehouse.cloud.folder;

import org.jspecify.annotations.NullMarked;
