package io.gatehouse.server;

import io.gatehouse.cloud.HostKeys;
import io.gatehouse.cloud.OrganizationBootstrap;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.organization.OrganizationService;
import java.util.concurrent.Callable;

/** What is done on the host because nobody inside an organization can do it. */
final class HostCommands {
  private HostCommands() {}

  /** Makes a further organization. */
  static Callable<Integer> createOrganization(Configuration config, String name) {
    OrganizationService.checkName(name);
    return new HostCommand(
        config,
        installation -> {
          OrganizationBootstrap.Founded founded =
              installation.cloud().founding().found(name, ApiKeySecret.generate());
          System.out.println("Organization     " + founded.organization().name());
          System.out.println("Organization id  " + founded.organization().id());
          System.out.println("Service account  " + founded.serviceAccountId());
          System.out.println("API key          " + founded.key().reveal() + "   (shown this once)");
        });
  }

  /** Makes a key of an administrator of the organization that the settings name. */
  static Callable<Integer> createApiKey(Configuration config) {
    return new HostCommand(
        config,
        installation -> {
          HostKeys.HostKey key =
              installation.cloud().hostKeys().create(config.server().organization());
          System.out.println("Organization     " + key.organization().name());
          System.out.println("Organization id  " + key.organization().id());
          System.out.println("Service account  " + key.serviceAccountId());
          System.out.println("API key          " + key.secret().reveal() + "   (shown this once)");
        });
  }
}
