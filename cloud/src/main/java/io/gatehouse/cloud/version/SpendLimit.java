package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Operation;

/**
 * What a month of a serverless cluster may cost, in US cents, as older versions limited its usage.
 * The official Terraform provider says how much usage a cent was: four fifths of it bought request
 * units, at a dollar for five million, one fifth storage, at a dollar for two GiB.
 */
final class SpendLimit {
  static final String MEMBER = "spend_limit";
  private static final long REQUEST_UNITS_A_CENT = 5_000_000 * 8 / 1000;
  private static final long MIB_FOR_500_CENTS = 2048;

  private SpendLimit() {}

  /** Says the limit of a request as limits of usage, unless it has those too; zero is no limit. */
  static void toUsage(Operation<?, ?> operation, ObjectNode request) {
    toUsage("", request);
    toUsage("spec.", request.path("spec"));
  }

  private static void toUsage(String prefix, JsonNode holder) {
    if (holder.get("serverless") instanceof ObjectNode serverless) {
      JsonNode limit = serverless.remove(MEMBER);
      if (limit != null && !limit.isNull() && !serverless.hasNonNull("usage_limits")) {
        int cents = cents(prefix + "serverless." + MEMBER, limit);
        serverless.set("usage_limits", usage(serverless.objectNode(), cents));
      }
    }
  }

  private static int cents(String member, JsonNode limit) {
    if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 0) {
      throw GatehouseException.invalid(member, "must be a whole number of US cents, at least 0");
    }
    return limit.intValue();
  }

  private static ObjectNode usage(ObjectNode usage, int cents) {
    if (cents > 0) {
      long mib = Math.max(1, cents * MIB_FOR_500_CENTS / 500);
      usage.put("request_unit_limit", Long.toString(cents * REQUEST_UNITS_A_CENT));
      usage.put("storage_mib_limit", Long.toString(mib));
    }
    return usage;
  }

  /** Shows in the configuration of a cluster what its request units may cost; zero is no limit. */
  static void show(ObjectNode config) {
    long requestUnits = config.path("usage_limits").path("request_unit_limit").asLong();
    config.put(MEMBER, (int) Math.min(Integer.MAX_VALUE, requestUnits / REQUEST_UNITS_A_CENT));
  }
}
