package io.gatehouse.directory.gateway;

/** Is told what calls show of the accounts' credentials; only of what is news. It never fails. */
public interface AccountHealth {
  /** Credentials that were refused before were accepted. */
  void accepted(UpstreamAccount account);

  /** Credentials were refused. */
  void refused(UpstreamAccount account, String message);
}
