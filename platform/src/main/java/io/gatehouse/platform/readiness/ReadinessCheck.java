package io.gatehouse.platform.readiness;

import java.util.function.Supplier;

/**
 * One condition of being usable, such as the metadata store or the disk. A module contributes its
 * checks, and {@code /readyz} lists them to everyone who asks, without a key.
 */
public interface ReadinessCheck {
  /** Names it in {@code /readyz}: one lower-case word, the same in every version. */
  String name();

  /**
   * How it stands now. It answers from what is known already or within about the timeout of the
   * metadata store. A reason holds no secret, no address and no path.
   */
  ReadinessStatus status();

  /** A check that is asked by calling a function. */
  static ReadinessCheck of(String name, Supplier<ReadinessStatus> status) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ReadinessStatus status() {
        return status.get();
      }
    };
  }
}
