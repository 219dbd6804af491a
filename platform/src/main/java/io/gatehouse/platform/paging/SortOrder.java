package io.gatehouse.platform.paging;

/** The direction of a list. */
public enum SortOrder {
  ASC,
  DESC;

  public SortOrder reversed() {
    return this == ASC ? DESC : ASC;
  }
}
