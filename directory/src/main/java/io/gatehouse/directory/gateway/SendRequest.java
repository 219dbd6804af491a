package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.secret.Secret;
import java.io.EOFException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the request and takes in the answer, so much of it and for so long, but not beyond the
 * deadline; the way ends here.
 */
final class SendRequest implements Step {
  private final HttpClient client;
  private final Duration timeout;
  private final int maxBytes;

  SendRequest(HttpClient client, Duration timeout, int maxBytes) {
    this.client = client;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    Duration left = call.deadline().left();
    Duration most = left.compareTo(timeout) < 0 ? left : timeout;
    return most.isPositive() ? send(call, most) : new TimedOut(Duration.ZERO);
  }

  private Outcome send(UpstreamCall call, Duration most) {
    CompletableFuture<HttpResponse<String>> sending =
        client.sendAsync(request(call), info -> new BoundedBody(maxBytes));
    try {
      HttpResponse<String> response = sending.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return new Answered(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      sending.cancel(true);
      return new TimedOut(most);
    } catch (ExecutionException e) {
      return failure(e);
    } catch (InterruptedException e) {
      sending.cancel(true);
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.with("what", call.connector().label()).causedBy(e);
    }
  }

  private static HttpRequest request(UpstreamCall call) {
    Connector connector = call.connector();
    HttpRequest.Builder request = HttpRequest.newBuilder(call.url()).GET();
    request.header("Accept", "application/json").header("User-Agent", "Gatehouse");
    connector.headers().forEach(request::header);
    call.authorization()
        .map(Secret::reveal)
        .ifPresent(value -> request.header(connector.authorization().header(), value));
    return request.build();
  }

  private Outcome failure(ExecutionException failure) {
    for (Throwable e = failure.getCause(); e != null; e = e.getCause()) {
      if (e instanceof BoundedBody.TooLargeException) {
        return new TooLarge(maxBytes);
      }
      if (e instanceof BoundedBody.CutShortException || e instanceof EOFException) {
        return new EndedEarly();
      }
    }
    return new Unreachable(ConnectionFailure.reason(failure));
  }
}
