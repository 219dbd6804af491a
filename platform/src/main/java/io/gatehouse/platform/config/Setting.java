package io.gatehouse.platform.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting: a component of a configuration record. Its name follows from the component's: {@code
 * rateLimit} is {@code rate-limit} in the file, {@code GATEHOUSE_RATE_LIMIT} in the environment and
 * {@code --rate-limit} as a flag; a flag wins over the environment, that over the file.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** What counts when nobody says otherwise. */
  String value();

  /** The least value of a number or duration, as it is written; empty: 0. */
  String min() default "";

  /** The greatest value, as it is written; empty: 24h for a duration, any for a number. */
  String max() default "";

  /** One line for people: what it does, with its unit. */
  String help();
}
