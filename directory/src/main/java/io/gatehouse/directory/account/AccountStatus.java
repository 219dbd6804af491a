package io.gatehouse.directory.account;

import java.util.Locale;

/** Whether the upstream accepts an account's credentials, as far as is known. */
public enum AccountStatus {
  ACTIVE,
  /** It refused them the last time; a call that succeeds makes the account active again. */
  NEEDS_REAUTH;

  /** As the API writes it. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
