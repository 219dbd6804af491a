/** The audit log, read back. */
@NullMarked
package io.gatehouse.cloud.auditlog;

import org.jspecify.annotations.NullMarked;
