package io.gatehouse.engines;

/** What a cluster should be. Resources matter to running clusters only. */
public record Desired(Presence presence, Resources resources) {}
