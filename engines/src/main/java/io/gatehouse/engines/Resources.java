package io.gatehouse.engines;

/**
 * How much of the machine a cluster may use.
 *
 * @param virtualCpus from 1 to {@value #MAX_VIRTUAL_CPUS}
 */
public record Resources(int virtualCpus) {
  public static final int MAX_VIRTUAL_CPUS = 1024;

  public Resources {
    if (virtualCpus < 1 || virtualCpus > MAX_VIRTUAL_CPUS) {
      throw new IllegalArgumentException("virtualCpus must be 1 to " + MAX_VIRTUAL_CPUS);
    }
  }
}
