package io.gatehouse.engines;

/** Hears about each step of a convergence as it begins. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = what -> {};

  /** Begins a step, for instance {@code starting PostgreSQL}; fit for a person. */
  void step(String what);
}
