package io.gatehouse.engines;

/**
 * How much of the machine a cluster may use.
 *
 * @param virtualCpus from 1 to {@value #MOST_VIRTUAL_CPUS}
 */
public record Resources(int virtualCpus) {
  public static final int MOST_VIRTUAL_CPUS = 1024;

  public Resources {
    if (virtualCpus < 1 || virtualCpus > MOST_VIRTUAL_CPUS) {
      throw new IllegalArgumentException("virtualCpus must be 1 to " + MOST_VIRTUAL_CPUS);
    }
  }
}
