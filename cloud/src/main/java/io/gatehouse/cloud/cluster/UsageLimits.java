package io.gatehouse.cloud.cluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What a serverless cluster may use. 64-bit numbers are written as text. BASIC has request units
 * and storage, STANDARD has virtual CPUs.
 */
public record UsageLimits(
    @Nullable
        @Positive(message = "must be greater than zero")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Long requestUnitLimit,
    @Nullable
        @Positive(message = "must be greater than zero")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Long storageMibLimit,
    @Nullable
        @Positive(message = "must be greater than zero")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Long provisionedVirtualCpus) {

  @JsonIgnore
  boolean isOfBasic() {
    return requestUnitLimit != null || storageMibLimit != null;
  }

  @JsonIgnore
  boolean isOfStandard() {
    return provisionedVirtualCpus != null;
  }
}
