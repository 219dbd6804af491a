package io.gatehouse.platform.operation;

import io.gatehouse.platform.access.Permission;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the product can be asked to do. Whatever is known of it stands here and is read
 * from here: routing, authorization, the OpenAPI document, metrics, audit and the test that tries
 * every operation with every role.
 *
 * @param <I> the record that describes all input: path, query, body and headers (see {@link From})
 * @param <O> the record that is answered as JSON, or {@link Content}
 */
public final class Operation<I, O> {
  private final Api api;
  private final HttpMethod method;
  private final PathTemplate path;
  private final Class<I> input;
  private final Class<O> output;
  private String id = "";
  private String tag = "";
  private String summary = "";
  private @Nullable Permission permission;
  private Target<I> target = Target.organization();
  private Effect effect;
  private int status = 200;
  private String auditAction = "";
  private String since = "";
  private Revocation revocation = Revocation.NO;

  private Operation(Api api, HttpMethod method, String path, Class<I> input, Class<O> output) {
    this.api = api;
    this.method = method;
    this.path = PathTemplate.of(path);
    this.input = input;
    this.output = output;
    this.effect = method == HttpMethod.GET ? Effect.READS : Effect.CHANGES;
  }

  /** Begins a declaration; {@link Declaration#summary} and the others complete it. */
  public static <I, O> Declaration<I, O> declare(
      Api api, HttpMethod method, String path, Class<I> input, Class<O> output) {
    return new Declaration<>(new Operation<>(api, method, path, input, output));
  }

  /** An operation in the making. */
  public static final class Declaration<I, O> {
    private final Operation<I, O> operation;

    private Declaration(Operation<I, O> operation) {
      this.operation = operation;
    }

    /** Its name in the documents and metrics, and the group it is shown in. */
    public Declaration<I, O> id(String id, String tag) {
      operation.id = id;
      operation.tag = tag;
      return this;
    }

    /** Who may do it, and on which resource that is decided. */
    public Declaration<I, O> allow(Permission permission, Target<I> target) {
      operation.permission = permission;
      operation.target = target;
      return this;
    }

    /** It changes nothing, though its method lets one expect so: a search or a query by POST. */
    public Declaration<I, O> reads() {
      operation.effect = Effect.READS;
      return this;
    }

    /** The status of its success, if not 200; with 204 there is no body. */
    public Declaration<I, O> status(int status) {
      operation.status = status;
      return this;
    }

    /** The name of its event in the audit log; every operation that changes something has one. */
    public Declaration<I, O> audit(String action) {
      operation.auditAction = action;
      return this;
    }

    /** It takes access away, so it never waits behind what gives it. */
    public Declaration<I, O> revokes() {
      operation.revocation = Revocation.YES;
      return this;
    }

    /**
     * Its body decides whether it takes access away or gives it, so it has places of its own too.
     * Its service refuses what gives access while the metadata store writes on its reserve.
     */
    public Declaration<I, O> mayRevoke() {
      operation.revocation = Revocation.POSSIBLE;
      return this;
    }

    /** The first version of its API that has it. */
    public Declaration<I, O> since(String version) {
      operation.since = version;
      return this;
    }

    /** One line on what it does; completes the declaration. */
    public Operation<I, O> summary(String summary) {
      operation.summary = summary;
      return operation;
    }
  }

  public String id() {
    return id;
  }

  public Api api() {
    return api;
  }

  public HttpMethod method() {
    return method;
  }

  public PathTemplate path() {
    return path;
  }

  public Class<I> input() {
    return input;
  }

  public Class<O> output() {
    return output;
  }

  public String tag() {
    return tag;
  }

  public String summary() {
    return summary;
  }

  /** Who may do it; {@link OperationCatalog} refuses an operation that says nothing. */
  public @Nullable Permission permission() {
    return permission;
  }

  public Target<I> target() {
    return target;
  }

  /** The name of its audit event; empty for an operation that only reads. */
  public String auditAction() {
    return auditAction;
  }

  public Effect effect() {
    return effect;
  }

  /** Whether it changes anything. */
  public boolean changes() {
    return effect == Effect.CHANGES;
  }

  /** The status of its success. */
  public int status() {
    return status;
  }

  /** Whether it reads a body: as its method says, or because a component comes from there. */
  public boolean hasBody() {
    return method.hasBody() || InputSources.of(this).contains(From.Source.BODY);
  }

  /** Whether it takes access away; it has turns and places of its own then, beside all others. */
  public Revocation revocation() {
    return revocation;
  }

  /** The first version of its API that has it; empty when its API has no versions. */
  public String since() {
    return since;
  }

  @Override
  public String toString() {
    return id + " (" + method + " " + path.text() + ")";
  }
}
