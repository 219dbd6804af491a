package io.gatehouse.platform.operation;

/** What an operation does to the state of the product, whatever its method. */
public enum Effect {
  READS,
  CHANGES
}
