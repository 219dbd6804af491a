package io.gatehouse.server;

import io.gatehouse.platform.store.Epochs;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done all the time: caches follow the changes of others, the store and the audit log are
 * looked after, the lease renewed.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long EPOCHS_MILLIS = 400;
  private static final long STORE_MILLIS = 1000;
  private static final long AUDIT_MILLIS = 1000;
  private static final long DISK_MILLIS = 250;
  private static final long TIMEOUT_SECONDS = 10;

  private final Epochs epochs;
  private final MetadataStore store;
  private final DiskWatch disk;
  private final Runnable renewLease;
  private final Runnable audit;
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);

  Housekeeping(
      Epochs epochs, MetadataStore store, DiskWatch disk, Runnable renewLease, Runnable audit) {
    this.epochs = epochs;
    this.store = store;
    this.disk = disk;
    this.renewLease = renewLease;
    this.audit = audit;
  }

  void start() {
    epochs.poll();
    every(EPOCHS_MILLIS, epochs::poll);
    every(STORE_MILLIS, store::lookAfter);
    every(ServerLease.RENEWAL.toMillis(), renewLease);
    every(AUDIT_MILLIS, audit);
    every(DISK_MILLIS, disk::look);
  }

  private void every(long millis, Runnable work) {
    var _ =
        executor.scheduleWithFixedDelay(() -> quietly(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.debug("housekeeping failed and is tried again", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("housekeeping does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    quietly(audit);
  }
}
