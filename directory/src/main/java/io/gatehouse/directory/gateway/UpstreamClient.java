package io.gatehouse.directory.gateway;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The HTTP client for upstreams: it does what it is told once, and nothing of its own accord.
 *
 * <p>Java's client sends again what was not answered before its connection was closed. Attempts are
 * ours to count, to space out and to keep within limits, so that is switched off. It can be for all
 * clients of the process alone, of which this is the only one, and before the first one sends.
 */
final class UpstreamClient {
  private static final Map<String, String> SEND_ONCE =
      Map.of(
          "jdk.httpclient.redirects.retrylimit", "1", "jdk.httpclient.disableRetryConnect", "true");

  static {
    SEND_ONCE.forEach(System::setProperty);
  }

  private UpstreamClient() {}

  static HttpClient of(GatewayConfig config, Executor executor) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(config.upstreamConnectTimeout())
        .executor(executor)
        .build();
  }
}
