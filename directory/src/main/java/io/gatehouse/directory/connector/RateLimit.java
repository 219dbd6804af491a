package io.gatehouse.directory.connector;

import java.time.Duration;

/**
 * How many requests an upstream takes from one account, and how it says that they were too many.
 *
 * @param status the HTTP status that says so
 * @param retryAfter the header that says when to go on
 */
public record RateLimit(int requests, Duration per, int status, String retryAfter) {}
