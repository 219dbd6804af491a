package io.gatehouse.platform.json;

import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts each member by its Java name too: {@code cockroachVersion} for cockroach_version. */
final class CamelCaseAliases extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings("NullAway") // null is Jackson's own way to say "none"
  public @Nullable List<PropertyName> findPropertyAliases(Annotated annotated) {
    List<PropertyName> declared = super.findPropertyAliases(annotated);
    if (declared != null || !(annotated instanceof AnnotatedParameter parameter)) {
      return declared;
    }
    RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
    return components == null
        ? null
        : List.of(PropertyName.construct(components[parameter.getIndex()].getName()));
  }
}
