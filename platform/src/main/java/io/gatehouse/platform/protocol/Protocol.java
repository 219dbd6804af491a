package io.gatehouse.platform.protocol;

import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.Api;
import java.util.List;
import java.util.function.Consumer;

/**
 * How one API talks. Nothing else in the platform knows a protocol.
 *
 * @param authenticators who can be asked for the caller; the first whose credential is presented
 *     decides
 * @param traceHeader the response header with the id under which a request can be traced
 * @param unknownParameters is told each query parameter that an operation does not have; throws
 *     {@link GatehouseException} where ignoring it would mislead the caller
 */
public record Protocol(
    Api api,
    List<Authenticator> authenticators,
    JsonStyle json,
    ErrorFormat errors,
    String traceHeader,
    Cors cors,
    Versions versions,
    Consumer<String> unknownParameters) {}
