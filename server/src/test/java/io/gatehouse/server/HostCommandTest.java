package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.secret.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Commands on the host, in processes of their own. */
class HostCommandTest {
  private static final Pattern KEY = Pattern.compile("API key +(CCDB1_\\w+)");

  private static Secret key(Product.Ended ended) {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    Matcher key = KEY.matcher(ended.out());
    assertThat(key.find()).as(ended.out()).isTrue();
    return Secret.of(key.group(1));
  }

  @Test
  void a_key_is_made_while_the_server_runs_and_while_it_does_not() {
    try (Product product = Product.create().start()) {
      Secret running = key(product.run("api-key", "create", "--organization", "default"));
      product.as(running).get("/api/v1/service-accounts").ok();
      product.admin().get("/api/v1/service-accounts").ok();

      product.terminate();
      Secret stopped = key(product.run("api-key", "create"));
      product.start();

      product.as(stopped).get("/api/v1/service-accounts").ok();
      Product.Ended unknown = product.run("api-key", "create", "--organization", "elsewhere");
      assertThat(unknown.exitCode()).isNotZero();
      assertThat(unknown.err()).contains("organization 'elsewhere' not found");
      assertThat(product.output() + product.errors()).doesNotContain(stopped.reveal());
    }
  }
}
