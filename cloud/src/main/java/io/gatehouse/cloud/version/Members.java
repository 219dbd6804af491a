package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds and changes members of requests and answers. */
final class Members {
  private Members() {}

  /** The clusters in an answer: of a list, or the answer itself. */
  static List<ObjectNode> clusters(ObjectNode answer) {
    return answer.has("cockroach_version") ? List.of(answer) : objects(answer.get("clusters"));
  }

  static List<ObjectNode> regionsOfClusters(ObjectNode answer) {
    List<ObjectNode> regions = new ArrayList<>();
    clusters(answer).forEach(cluster -> regions.addAll(objects(cluster.get("regions"))));
    return regions;
  }

  /** The configurations of serverless clusters. */
  static List<ObjectNode> serverless(ObjectNode answer) {
    return clusters(answer).stream()
        .map(cluster -> cluster.path("config").path("serverless"))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** Every list of roles in a request or answer, wherever it stands. */
  static List<ArrayNode> roleLists(ObjectNode node) {
    List<ArrayNode> lists = new ArrayList<>();
    if (node.get("roles") instanceof ArrayNode roles) {
      lists.add(roles);
    }
    for (String list : List.of("grants", "service_accounts")) {
      objects(node.get(list)).forEach(inner -> lists.addAll(roleLists(inner)));
    }
    return lists;
  }

  /** The objects of a list; none when it is no list. */
  static List<ObjectNode> objects(@Nullable JsonNode list) {
    List<ObjectNode> objects = new ArrayList<>();
    if (list != null && list.isArray()) {
      list.forEach(
          item -> {
            if (item instanceof ObjectNode object) {
              objects.add(object);
            }
          });
    }
    return objects;
  }

  static void remove(Collection<ObjectNode> from, String... names) {
    from.forEach(node -> node.remove(List.of(names)));
  }

  /** Gives a member another name where it is there. */
  static void move(ObjectNode in, String from, String to) {
    JsonNode value = in.remove(from);
    if (value != null) {
      in.set(to, value);
    }
  }

  /** Replaces a text by another where it is there. */
  static void replace(ObjectNode in, String name, UnaryOperator<String> by) {
    if (in.get(name) instanceof TextNode text) {
      in.put(name, by.apply(text.textValue()));
    }
  }

  /** Replaces a text by the one that the map has for it; others stay. */
  static void rename(ObjectNode in, String name, Map<String, String> names) {
    replace(in, name, text -> names.getOrDefault(text, text));
  }

  /** Drops from a list what does not fit. */
  static void keep(@Nullable JsonNode list, Predicate<JsonNode> fits) {
    if (list instanceof ArrayNode array) {
      array.removeIf(fits.negate());
    }
  }
}
