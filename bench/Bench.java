import java.util.concurrent.CountDownLatch;

/** A bench as a program. What it started is cleaned up also when it is told to end on its way. */
@FunctionalInterface
interface Bench {
  Verdict judge() throws Exception;

  /** Measures, tells the verdict, and ends the program with its exit code. */
  static void run(Bench bench) throws Exception {
    CountDownLatch cleanedUp = new CountDownLatch(1);
    Thread measuring = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(measuring, cleanedUp)));
    Verdict verdict;
    try {
      verdict = bench.judge();
    } finally {
      cleanedUp.countDown();
    }
    System.exit(verdict.tell());
  }

  /** Lets a bench that is still measuring fail, and so close all that it has open. */
  private static void interrupt(Thread measuring, CountDownLatch cleanedUp) {
    if (cleanedUp.getCount() > 0) {
      measuring.interrupt();
      awaitQuietly(cleanedUp);
    }
  }

  private static void awaitQuietly(CountDownLatch cleanedUp) {
    try {
      cleanedUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
