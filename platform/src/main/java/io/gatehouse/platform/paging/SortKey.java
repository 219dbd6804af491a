package io.gatehouse.platform.paging;

import io.gatehouse.platform.ids.Uuids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a list is sorted by: columns that together tell its rows apart. The token of a page carries
 * one text for each of them, and since a token may be forged, each must be what its column holds.
 */
public record SortKey(List<Column> columns) {
  private static final int LAST_YEAR = 9999;

  /** What a column holds. */
  public enum Kind {
    TEXT,
    NUMBER,
    TIME,
    ID
  }

  /** A column, or an expression over columns, and what it holds. */
  public record Column(String expression, Kind kind) {
    private String parameter(int index) {
      String bound = ":after" + index;
      return switch (kind) {
        case TEXT -> bound;
        case NUMBER -> "cast(" + bound + " as bigint)";
        case TIME -> "cast(" + bound + " as timestamptz)";
        case ID -> "cast(" + bound + " as uuid)";
      };
    }

    private boolean accepts(String value) {
      return switch (kind) {
        case TEXT -> value.indexOf('\0') < 0;
        case NUMBER -> value.matches("\\d{1,18}");
        case TIME -> isTime(value);
        case ID -> Uuids.parse(value).isPresent();
      };
    }
  }

  public static SortKey of(Column... columns) {
    return new SortKey(List.of(columns));
  }

  public static Column text(String expression) {
    return new Column(expression, Kind.TEXT);
  }

  public static Column number(String expression) {
    return new Column(expression, Kind.NUMBER);
  }

  public static Column time(String expression) {
    return new Column(expression, Kind.TIME);
  }

  public static Column id(String expression) {
    return new Column(expression, Kind.ID);
  }

  /** Whether the texts can be the key of a row. */
  boolean accepts(List<String> values) {
    return values.size() == columns.size()
        && IntStream.range(0, values.size()).allMatch(i -> columns.get(i).accepts(values.get(i)));
  }

  /** The columns as SQL compares them, such as {@code (name, cluster_id)}. */
  String tuple() {
    return tuple(i -> columns.get(i).expression());
  }

  /** The bound values in the same form, {@code (:after0, cast(:after1 as uuid))}. */
  String parameters() {
    return tuple(i -> columns.get(i).parameter(i));
  }

  /** What SQL sorts by, in one direction. */
  String order(SortOrder order) {
    return columns.stream()
        .map(column -> column.expression() + " " + order.name())
        .collect(Collectors.joining(", "));
  }

  private String tuple(Function<Integer, String> element) {
    return IntStream.range(0, columns.size())
        .boxed()
        .map(element)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static boolean isTime(String value) {
    try {
      int year = Instant.parse(value).atOffset(ZoneOffset.UTC).getYear();
      return year > 0 && year <= LAST_YEAR;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
