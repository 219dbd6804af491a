import java.nio.file.Path;

/**
 * Where things are in the checkout whose product is measured: the directory that a bench runs in.
 */
final class Checkout {
  static final Path HOME = Path.of("").toAbsolutePath();
  static final Path PROGRAM = HOME.resolve("gatehouse");
  static final Path SOURCES = HOME.resolve("bench");
  static final Path TARGET = HOME.resolve("server/target");
  static final String CLASS_PATH = System.getProperty("java.class.path");

  private Checkout() {}
}
