package io.gatehouse.platform.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a component of an input record comes from, when that is not the usual place: the path for
 * what the path names, else the body of a POST, PUT or PATCH and the query of a GET or DELETE.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface From {
  Source value();

  /** The name of the header; other sources use the name of the component. */
  String header() default "";

  /** A part of a request. */
  enum Source {
    PATH,
    QUERY,
    BODY,
    HEADER
  }
}
