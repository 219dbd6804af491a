package io.gatehouse.directory.connector;

/**
 * One thing that an account's context says.
 *
 * @param secret whether it is a credential: never shown again, and taken out of what the upstream
 *     sends back; sealed is all of a context
 */
public record CredentialField(String name, String label, boolean required, boolean secret) {
  /** The field that, where a connector has it, says where the upstream is. */
  public static final String BASE_URL = "base_url";
}
