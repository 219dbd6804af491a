package io.gatehouse.engines;

import java.util.List;

/**
 * How the removals of users in a cluster stand after a sweep.
 *
 * @param finished users that are gone, whose removal was not confirmed yet
 * @param unfinished users whose removal is not done
 * @param restarted whether the cluster was restarted, as the last means to end a session
 */
public record AccessSweep(List<SqlUser> finished, List<SqlUser> unfinished, boolean restarted) {}
