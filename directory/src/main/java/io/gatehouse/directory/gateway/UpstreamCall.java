package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A request on its way through the steps.
 *
 * @param deadline until when, by the gateway's clock, it may wait before an attempt
 * @param authorization what the authorization header says, once it is known
 */
record UpstreamCall(
    UpstreamRequest request, URI url, long deadline, Optional<Secret> authorization) {

  UpstreamCall authorizedBy(Secret value) {
    return new UpstreamCall(request, url, deadline, Optional.of(value));
  }

  UpstreamAccount account() {
    return request.account();
  }

  Connector connector() {
    return account().connector();
  }
}
