package io.gatehouse.cloud.folder;

import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.store.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All folders of an organization; there are at most 65. */
public record FolderTree(Tenant tenant, Map<UUID, Folder> folders) {

  static FolderTree of(Tenant tenant, Collection<Folder> folders) {
    return new FolderTree(
        tenant, folders.stream().collect(Collectors.toMap(Folder::id, Function.identity())));
  }

  public Optional<Folder> find(UUID id) {
    return Optional.ofNullable(folders.get(id));
  }

  /** The folder and those it stands in, the outermost last; empty for the root or an unknown id. */
  public List<Folder> lineage(UUID id) {
    List<Folder> lineage = new ArrayList<>();
    for (Folder at = at(id); at != null; at = at(at.parentId())) {
      lineage.add(at);
    }
    return lineage;
  }

  /** The folders above, the outermost first. */
  public List<Folder> ancestors(UUID parentId) {
    return lineage(parentId).reversed();
  }

  /** The way from a folder (or from the root) up to the organization. */
  public ResourcePath path(UUID id) {
    List<Scope> scopes = new ArrayList<>();
    lineage(id).forEach(folder -> scopes.add(Scope.folder(folder.id())));
    scopes.add(Scope.organization(tenant));
    return new ResourcePath(List.copyOf(scopes));
  }

  /** These folders and all that stand in them. */
  public Set<UUID> withDescendants(Set<UUID> roots) {
    Set<UUID> found = new HashSet<>();
    for (UUID id : folders.keySet()) {
      if (lineage(id).stream().anyMatch(folder -> roots.contains(folder.id()))) {
        found.add(id);
      }
    }
    return found;
  }

  /** How many folders stand in each other below this one, itself included. */
  int height(UUID id) {
    return withDescendants(Set.of(id)).stream()
        .mapToInt(inner -> lineage(inner).size() - lineage(id).size() + 1)
        .max()
        .orElse(0);
  }

  boolean hasChildren(UUID id) {
    return folders.values().stream().anyMatch(folder -> folder.parentId().equals(id));
  }

  /** The folder at a path of names, such as {@code /sales/europe}. */
  Optional<Folder> at(String path) {
    UUID parent = tenant.organization();
    Optional<Folder> found = Optional.empty();
    for (String name : path.replaceAll("^/+|/+$", "").split("/", -1)) {
      UUID within = parent;
      found =
          folders.values().stream()
              .filter(folder -> folder.parentId().equals(within) && folder.name().equals(name))
              .findFirst();
      if (found.isEmpty()) {
        return found;
      }
      parent = found.get().id();
    }
    return found;
  }

  private @Nullable Folder at(UUID id) {
    return folders.get(id);
  }
}
