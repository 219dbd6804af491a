package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.platform.secret.Secret;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real clients that still upload when they are refused see the answer, not a broken pipe. A client
 * that is not installed is skipped by its name.
 */
class UploadingClientsTest {
  private static final int SMALL = 900_000;
  private static final int LARGE = 2 << 20;
  private static final int HUGE = 10 << 20;

  private static final TestServer SERVER =
      TestServer.start(Map.of("max-concurrent-of-principal", "1", "body-timeout", "120s"));

  private static Secret admin;
  private static Secret member;
  private static Secret busy;
  private static RawConnection held;

  /** A program that reads requests from its input, one a line, and writes an answer a line. */
  enum Client {
    PYTHON_URLLIB("python3", "upload.py"),
    GO_NET_HTTP("go", "run", "upload.go"),
    NODE_HTTP("node", "upload.js"),
    JAVA_HTTP_CLIENT("java", "Upload.java"),
    JAVA_HTTP_URL_CONNECTION("java", "Upload.java", "old");

    private final List<String> command;

    Client(String... command) {
      this.command = List.of(command);
    }

    /** Its command, with the whole path of its program. */
    List<String> command() {
      return command.stream()
          .map(part -> part.contains("pload.") ? resource(part).toString() : part)
          .toList();
    }

    boolean isInstalled() {
      return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
          .anyMatch(directory -> new File(directory, command.getFirst()).canExecute());
    }

    private static Path resource(String name) {
      try {
        return Path.of(
            Objects.requireNonNull(UploadingClientsTest.class.getResource("/clients/" + name))
                .toURI());
      } catch (java.net.URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record Upload(
      String method, String path, Secret key, int bytes, boolean chunked, int expected) {
    String line() {
      return String.join(
          " ",
          method,
          SERVER.url() + path,
          key.reveal(),
          Integer.toString(bytes),
          Boolean.toString(chunked));
    }
  }

  @BeforeAll
  static void prepare() {
    TestOrganization organization = SERVER.organization();
    admin = organization.founded().key();
    member = organization.account("ORG_MEMBER", "ORGANIZATION", organization.id()).key();
    busy = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id()).key();
    held = RawConnection.to(URI.create(SERVER.url()).getPort());
    held.write(
        "POST /api/v1/folders HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n"
            + "Expect: 100-continue\r\nAuthorization: Bearer "
            + busy.reveal()
            + "\r\n\r\n");
    assertThat(held.answer(false).status()).isEqualTo(100);
  }

  @AfterAll
  static void close() {
    held.close();
    SERVER.close();
  }

  private static List<Upload> uploads() {
    Secret stranger = Secret.of("CCDB1_" + "a".repeat(22) + "_" + "b".repeat(40));
    return Stream.of(false, true)
        .flatMap(
            chunked ->
                Stream.of(
                    new Upload("POST", "/api/v1/folders", admin, LARGE, chunked, 413),
                    new Upload("PUT", "/api/v1/roles/nobody", admin, HUGE, chunked, 413),
                    new Upload("POST", "/api/v1/folders", stranger, SMALL, chunked, 401),
                    new Upload("POST", "/api/v1/folders", member, SMALL, chunked, 403),
                    new Upload("POST", "/api/v1/nowhere", admin, SMALL, chunked, 404),
                    new Upload("PUT", "/api/v1/folders", admin, SMALL, chunked, 405),
                    new Upload("POST", "/api/v1/clusters", admin, SMALL, chunked, 400)))
        .toList();
  }

  private static Stream<Upload> onlyChunked() {
    Secret stranger = Secret.of("CCDB1_" + "a".repeat(22) + "_" + "b".repeat(40));
    return Stream.of(
        new Upload("POST", "/api/v1/folders", stranger, HUGE, true, 401),
        new Upload("POST", "/api/v1/folders", member, HUGE, true, 403),
        new Upload("POST", "/integrated-account", member, HUGE, true, 403),
        new Upload("POST", "/nowhere", admin, HUGE, true, 404),
        new Upload("POST", "/api/v1/folders", busy, HUGE, true, 503));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void who_uploads_what_is_refused_sees_the_answer(Client client) throws Exception {
    assumeTrue(client.isInstalled(), client + ": " + client.command.getFirst() + " is missing");
    List<Upload> uploads = Stream.concat(uploads().stream(), onlyChunked()).toList();

    List<String> answers = run(client, uploads);

    assertThat(answers).hasSameSizeAs(uploads);
    for (int i = 0; i < uploads.size(); i++) {
      assertThat(answers.get(i))
          .as(uploads.get(i).toString())
          .matches(uploads.get(i).expected() + " [1-9]\\d+");
    }
  }

  private static List<String> run(Client client, List<Upload> uploads)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(client.command()).redirectErrorStream(true).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(uploads.stream().map(Upload::line).collect(Collectors.joining("\n", "", "\n")));
    }
    List<String> answers;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      answers = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return answers;
  }
}
