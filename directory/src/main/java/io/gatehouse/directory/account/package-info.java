/**
 * Integrated accounts: whose account it is at which upstream, with credentials that are sealed and
 * never shown again.
 */
@NullMarked
package io.gatehouse.directory.account;

import org.jspecify.annotations.NullMarked;
