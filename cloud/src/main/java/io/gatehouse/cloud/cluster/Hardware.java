package io.gatehouse.cloud.cluster;

/** The machines of an ADVANCED cluster, as the API shows them; they are simulated. */
public record Hardware(
    String machineType, int numVirtualCpus, int storageGib, double memoryGib, int diskIops) {}
