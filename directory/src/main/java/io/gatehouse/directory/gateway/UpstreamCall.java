package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A request on its way through the steps.
 *
 * @param authorization what the authorization header says, once it is known
 */
record UpstreamCall(UpstreamRequest request, URI url, Optional<Secret> authorization) {

  UpstreamCall authorizedBy(Secret value) {
    return new UpstreamCall(request, url, Optional.of(value));
  }

  UpstreamAccount account() {
    return request.account();
  }

  Deadline deadline() {
    return request.deadline();
  }

  Connector connector() {
    return account().connector();
  }
}
