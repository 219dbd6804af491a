package io.gatehouse.directory.gateway;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Why there was no HTTP with an upstream, in words of our own: those of exceptions tell addresses,
 * names of certificates and whatever the other side sent.
 */
final class ConnectionFailure {
  /** The most telling first. */
  private static final Map<Class<? extends Exception>, String> REASONS = reasons();

  private ConnectionFailure() {}

  /** The reason that an exception and its causes stand for. */
  static String reason(Throwable failure) {
    return REASONS.entrySet().stream()
        .filter(entry -> has(failure, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the connection was broken");
  }

  private static boolean has(Throwable failure, Class<? extends Exception> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return true;
      }
    }
    return false;
  }

  private static Map<Class<? extends Exception>, String> reasons() {
    String untrusted = "its TLS certificate is not trusted, or is not one of this host";
    Map<Class<? extends Exception>, String> reasons = new LinkedHashMap<>();
    reasons.put(CertificateException.class, untrusted);
    reasons.put(CertPathBuilderException.class, untrusted);
    reasons.put(CertPathValidatorException.class, untrusted);
    reasons.put(SSLException.class, "it does not speak TLS at this port, or none that is accepted");
    reasons.put(HttpConnectTimeoutException.class, "connecting took too long");
    reasons.put(UnresolvedAddressException.class, "its host is not known");
    reasons.put(UnknownHostException.class, "its host is not known");
    reasons.put(NoRouteToHostException.class, "there is no route to it");
    reasons.put(ConnectException.class, "the connection was refused");
    reasons.put(ProtocolException.class, "it does not speak HTTP at this port");
    return reasons;
  }
}
