package io.gatehouse.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Several clients at the same moment. */
final class AtOnce {
  private AtOnce() {}

  /** Sends requests together; gives the statuses of their answers, in the order of the requests. */
  static List<Integer> send(List<Supplier<ApiClient.Answer>> requests) {
    try (var threads = Executors.newFixedThreadPool(requests.size())) {
      var answers =
          requests.stream()
              .map(request -> CompletableFuture.supplyAsync(request, threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).map(ApiClient.Answer::status).toList();
    }
  }
}
