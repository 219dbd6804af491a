package io.gatehouse.engines.postgres.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.engines.SqlAdmin.Page;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The name of a role or database as the shared catalogs have it: bytes, which need not be UTF-8,
 * since each database has an encoding of its own.
 *
 * @param oid of the role or database
 * @param shown the name as text; bytes that are not UTF-8 are shown as {@code \xHH}, with the OID
 *     behind them so that no two names are shown alike
 * @param isText whether the name is UTF-8, and so can be used in a statement
 */
public record CatalogName(long oid, String shown, boolean isText) {
  private static final Comparator<String> BY_BYTES =
      (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

  public CatalogName(long oid, String shown) {
    this(oid, shown, true);
  }

  /** From {@code namesend(name)}. */
  public static CatalogName of(long oid, byte[] name) {
    try {
      return new CatalogName(
          oid, UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString(), true);
    } catch (CharacterCodingException e) {
      return new CatalogName(oid, escaped(name) + " (oid " + oid + ")", false);
    }
  }

  private static String escaped(byte[] name) {
    StringBuilder text = new StringBuilder();
    for (byte one : name) {
      if (one >= ' ' && one < 0x7f) {
        text.append((char) one);
      } else {
        text.append("\\x%02X".formatted(Byte.toUnsignedInt(one)));
      }
    }
    return text.toString();
  }

  /** The one that is shown like this, if there is one. */
  public static Optional<CatalogName> find(List<CatalogName> names, String shown) {
    return names.stream().filter(name -> name.shown.equals(shown)).findFirst();
  }

  /** The part of a list that a page asks for, ordered by the bytes of what is shown. */
  public static <T> List<T> page(List<T> all, Function<T, String> name, Page page) {
    Comparator<String> order = page.descending() ? BY_BYTES.reversed() : BY_BYTES;
    String after = page.after();
    return all.stream()
        .filter(one -> after == null || order.compare(name.apply(one), after) > 0)
        .sorted(Comparator.comparing(name, order))
        .limit(page.limit())
        .toList();
  }
}
