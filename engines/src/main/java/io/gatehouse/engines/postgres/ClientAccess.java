package io.gatehouse.engines.postgres;

/** What clients of a cluster may do while the disk that all clusters share is nearly full. */
enum ClientAccess {
  FULL,
  /** Transactions only read unless a client sets otherwise, as it must to make room. */
  READ_ONLY,
  /** Nobody but the control plane gets in. */
  NONE
}
