package io.gatehouse.engines;

import java.util.List;

/**
 * What a sweep over the access to a cluster did.
 *
 * @param finished users that are gone now
 * @param unfinished users whose removal is not done
 * @param restarted whether the cluster was restarted, as the last means to end a session
 * @param endedSessions how many sessions were ended that belonged to no user
 */
public record AccessSweep(
    List<SqlUser> finished, List<SqlUser> unfinished, boolean restarted, int endedSessions) {}
