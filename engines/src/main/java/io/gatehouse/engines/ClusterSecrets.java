package io.gatehouse.engines;

import io.gatehouse.platform.secret.Secret;
import java.util.UUID;

/** Gives each cluster the secret of its administrative user. */
@FunctionalInterface
public interface ClusterSecrets {

  /** The same long random-looking secret each time for one cluster, another for any other. */
  Secret superuser(UUID clusterId);
}
