/** What was done, by whom, on what, from where and with which result. */
@NullMarked
package io.gatehouse.platform.audit;

import org.jspecify.annotations.NullMarked;
