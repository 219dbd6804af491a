package io.gatehouse.cloud.api;

/** The answer of an operation that has nothing to say: <code>{}</code>. */
public record Nothing() {}
