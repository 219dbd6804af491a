package io.gatehouse.engines;

/**
 * What an engine is able to do, as the documentation tells it.
 *
 * @param stop clusters can be stopped and started again with their data
 * @param onlineResize resources change while clusters run
 * @param sleep idle clusters fall asleep and wake up at the next connection
 * @param replicas clusters can have further nodes that follow the first
 * @param physicalBackup clusters can be backed up and restored as they lie on disk
 * @param replicationStreams changes can be streamed out of clusters
 * @param encryptedConnections SQL connections can use TLS
 */
public record Capabilities(
    boolean stop,
    boolean onlineResize,
    boolean sleep,
    boolean replicas,
    boolean physicalBackup,
    boolean replicationStreams,
    boolean encryptedConnections) {}
