package io.gatehouse.engines;

/** Whether a cluster should be there, and should serve. */
public enum Presence {
  /** There, serving SQL. */
  RUNNING,
  /** Its data is kept, no process serves it. */
  STOPPED,
  /** Gone with all its data. */
  ABSENT
}
