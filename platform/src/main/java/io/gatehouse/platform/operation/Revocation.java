package io.gatehouse.platform.operation;

/**
 * Whether an operation takes access away. Each kind has turns and places of its own, so that what
 * takes access away waits neither behind what gives it nor behind the bodies of others.
 */
public enum Revocation {
  /** It does not. */
  NO,
  /** Its body decides: it replaces what someone holds. */
  POSSIBLE,
  /** It does nothing else, and has no body. */
  YES
}
