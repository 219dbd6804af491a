package io.gatehouse.platform.access;

/** A role held on a scope. */
public record Grant(Role role, Scope scope) {}
