package io.gatehouse.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.gatehouse.platform.secret.CredentialMask;

/** Masks credentials in a part of each line of the log: {@code %masked(...)}. */
public final class MaskedConverter extends CompositeConverter<ILoggingEvent> {
  @Override
  protected String transform(ILoggingEvent event, String in) {
    return CredentialMask.mask(in);
  }
}
