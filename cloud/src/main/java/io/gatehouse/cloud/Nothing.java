package io.gatehouse.cloud;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToEmptyObjectSerializer;

/** The answer of an operation that has nothing to say: <code>{}</code>. */
@JsonSerialize(using = ToEmptyObjectSerializer.class)
public record Nothing() {}
