package io.gatehouse.directory.connector;

/** The header that carries the credentials, and how it is made from them. */
public record Authorization(String header, Template value) {}
