package io.gatehouse.server;

import io.gatehouse.cloud.CloudModule;
import io.gatehouse.directory.DirectoryModule;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Everything that can be asked of this product. */
final class Operations {
  static final List<Operation<?, ?>> ALL =
      Stream.of(CloudModule.OPERATIONS, DirectoryModule.OPERATIONS)
          .<Operation<?, ?>>flatMap(List::stream)
          .toList();

  private Operations() {}
}
