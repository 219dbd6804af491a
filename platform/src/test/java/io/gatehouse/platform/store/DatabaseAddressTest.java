package io.gatehouse.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void user_and_password_are_taken_out_of_the_url_and_unescaped() {
    var address =
        Database.Address.parse(
            "postgresql://some%40one:p%40ss+word@db.example:5433/store?ssl=true");

    assertThat(address.url()).isEqualTo("jdbc:postgresql://db.example:5433/store?ssl=true");
    assertThat(address.user()).contains("some@one");
    assertThat(address.password())
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("p@ss+word"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_db/store", "my_db:5432/store", "[::1]:5432/store"})
  void any_name_of_a_host_will_do(String rest) {
    var address = Database.Address.parse("postgres://" + rest);

    assertThat(address.url()).isEqualTo("jdbc:postgresql://" + rest);
    assertThat(address.user()).isEmpty();
    assertThat(address.password()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://db/store",
        "postgresql:///store",
        "postgresql://me@/store",
        "postgresql://a b/"
      })
  void what_is_no_address_is_refused_by_the_name_of_the_setting(String url) {
    assertThatThrownBy(() -> Database.Address.parse(url))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("setting 'database-url' ");
  }
}
