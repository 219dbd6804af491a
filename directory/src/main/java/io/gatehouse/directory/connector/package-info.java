/**
 * Connectors as data: a folder of YAML and JSONata for each kind of upstream, read strictly when
 * the program starts.
 */
@NullMarked
package io.gatehouse.directory.connector;

import org.jspecify.annotations.NullMarked;
