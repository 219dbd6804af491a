import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that a bench makes for its work and takes away again. */
final class Directories {
  private Directories() {}

  /** A new one on the disk of the checkout. */
  static Path make() throws IOException {
    return Files.createTempDirectory(Checkout.TARGET, "bench-");
  }

  static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }
}
