package io.gatehouse.engines;

import java.util.Optional;

/**
 * A role that can log in, or that is being removed.
 *
 * @param name as it is spelled; a name that is not UTF-8 is shown with its other bytes as {@code
 *     \xHH} and its OID, and is found under that
 */
public record SqlUser(String name, Optional<UserRemoval> removal) {}
