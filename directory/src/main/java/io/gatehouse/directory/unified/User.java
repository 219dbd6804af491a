package io.gatehouse.directory.unified;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Someone or something that can use the upstream; what it does not know of them is absent.
 *
 * @param id tells users apart within one account
 * @param identifiers what else identifies the user, by the name of who does so
 * @param remoteData the upstream's own record, unless it is not wanted
 */
public record User(
    String id,
    @Nullable String externalId,
    @Nullable Map<String, JsonNode> identifiers,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String name,
    @Nullable String username,
    @Nullable String title,
    @Nullable List<Email> emails,
    @Nullable List<Phone> phones,
    @Nullable String status,
    @Nullable Boolean isEmailVerified,
    @JsonProperty("is_2fa_enabled") @Nullable Boolean isSecondFactorEnabled,
    @Nullable List<RoleOfUser> roles,
    @Nullable List<Reference> organizations,
    @Nullable String userType,
    @Nullable List<License> licenses,
    @Nullable List<GroupOfUser> groups,
    @Nullable List<Reference> workspaces,
    @Nullable String avatar,
    @Nullable String timezone,
    @Nullable String bio,
    @Nullable List<String> languages,
    @Nullable List<Url> urls,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt,
    @Nullable Instant lastActiveAt,
    @Nullable Instant lastLoginAt,
    @Nullable JsonNode remoteData) {

  public record Email(String email, @Nullable String type, @Nullable Boolean isPrimary) {}

  public record Phone(String number, @Nullable String extension, @Nullable String type) {}

  /** Something that a user belongs to. */
  public record Reference(String id, @Nullable String name) {}

  /** A group, and the id of the organization that it is one of. */
  public record GroupOfUser(String id, @Nullable String name, @Nullable String organization) {}

  /** Something that is paid for by user, and the id of the organization that pays. */
  public record License(
      String id,
      @Nullable String name,
      @Nullable String organization,
      @Nullable Instant lastActiveAt) {}

  public record Url(String url, @Nullable String type) {}

  /** A role; the last three say where it counts and through which group it is held, by id. */
  public record RoleOfUser(
      String id,
      @Nullable String name,
      @Nullable String group,
      @Nullable String organization,
      @Nullable String workspace) {}
}
