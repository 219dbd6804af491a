package io.gatehouse.platform.store;

import org.jdbi.v3.core.Handle;

/** A connection to the metadata store for reading; only stores open it up. */
public sealed class Session permits Tx {
  private final Handle handle;

  Session(Handle handle) {
    this.handle = handle;
  }

  /** For stores: where their SQL runs. */
  public Handle handle() {
    return handle;
  }
}
