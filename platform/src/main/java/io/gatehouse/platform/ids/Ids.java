package io.gatehouse.platform.ids;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Where new ids come from; passed to whoever makes something new. */
@FunctionalInterface
public interface Ids {
  /** A new UUID that no other call, here or on another server, returns. */
  UUID next();

  /** UUIDs of version 7: they sort by the time of their making. */
  static Ids timeOrdered() {
    TimeBasedEpochRandomGenerator generator = Generators.timeBasedEpochRandomGenerator();
    return generator::generate;
  }
}
