package io.gatehouse.cloud.api;

/** The rules of a name that is only for people, as constraints say them. */
public final class DisplayName {
  public static final int MAX = 100;
  public static final String SIZE_RULE = "must have at most 100 characters";

  /** For what may be absent, but not blank. */
  public static final String NOT_BLANK = "[\\s\\S]*\\S[\\s\\S]*";

  public static final String NOT_BLANK_RULE = "must not be blank";

  private DisplayName() {}
}
