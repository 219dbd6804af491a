package io.gatehouse.directory.gateway;

import static io.gatehouse.platform.error.ErrorCode.OVERLOADED;
import static io.gatehouse.platform.error.ErrorCode.RATE_LIMITED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.error.GatehouseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many calls are under way at a time, with an upstream that answers when it is told to. */
final class LimitConcurrencyTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");

  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final ScriptedUpstream upstream = new ScriptedUpstream(request -> answerWhenReleased());
  private final GatewayKit kit =
      new GatewayKit(upstream, GatewayKit.config(Duration.ofSeconds(60), 1024));
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<UpstreamAnswer>> underWay = new ArrayList<>();

  @AfterEach
  void close() {
    release.countDown();
    callers.close();
    kit.close();
    upstream.close();
  }

  @Test
  void the_ninth_call_of_an_account_is_refused_at_once() throws Exception {
    UpstreamAccount account = kit.account(CONNECTOR);
    begin(account, 8);
    GatehouseException failure = refusal(account);
    assertThat(failure.code()).isEqualTo(UPSTREAM_RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    begin(kit.account(CONNECTOR), 1);
    end();
    assertThat(kit.gateway().read(kit.check(account))).isInstanceOf(UpstreamAnswer.Success.class);
  }

  @Test
  void an_organization_takes_a_quarter_of_all_places_however_many_accounts_it_has()
      throws Exception {
    UpstreamAccount account = kit.account(CONNECTOR);
    begin(account, 8);
    begin(GatewayKit.sibling(account), 7);
    begin(GatewayKit.sibling(account), 1);
    GatehouseException failure = refusal(GatewayKit.sibling(account));
    assertThat(failure.code()).isEqualTo(RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    begin(kit.account(CONNECTOR), 1);
    end();
    UpstreamRequest again = kit.check(GatewayKit.sibling(account));
    assertThat(kit.gateway().read(again)).isInstanceOf(UpstreamAnswer.Success.class);
  }

  @Test
  void the_sixty_fifth_call_of_all_accounts_is_refused_at_once() throws Exception {
    for (int i = 0; i < 8; i++) {
      begin(kit.account(CONNECTOR), 8);
    }
    GatehouseException failure = refusal(kit.account(CONNECTOR));
    assertThat(failure.code()).isEqualTo(OVERLOADED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    end();
    assertThat(kit.gateway().read(kit.check(kit.account(CONNECTOR)))).isNotNull();
  }

  /** Comes back when all of them are at the upstream. */
  private void begin(UpstreamAccount account, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      underWay.add(callers.submit(() -> kit.gateway().read(kit.check(account))));
    }
    arrived.acquire(count);
  }

  private void end() throws Exception {
    release.countDown();
    for (Future<UpstreamAnswer> call : underWay) {
      call.get();
    }
  }

  private GatehouseException refusal(UpstreamAccount account) {
    return catchThrowableOfType(
        GatehouseException.class, () -> kit.gateway().read(kit.check(account)));
  }

  private Answer answerWhenReleased() {
    arrived.release();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.ok("{}");
  }
}
