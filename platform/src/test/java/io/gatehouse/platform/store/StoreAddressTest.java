package io.gatehouse.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {
  @Test
  void user_and_password_are_taken_out_of_the_url_and_unescaped() {
    var address =
        StoreAddress.parse("postgresql://some%40one:p%40ss+word@db.example:5433/store?ssl=true");

    assertThat(address.url()).isEqualTo("jdbc:postgresql://db.example:5433/store?ssl=true");
    assertThat(address.user()).contains("some@one");
    assertThat(address.password())
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("p@ss+word"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_db/store", "my_db:5432/store", "[::1]:5432/store"})
  void any_name_of_a_host_will_do(String rest) {
    var address = StoreAddress.parse("postgres://" + rest);

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
    assertThatThrownBy(() -> StoreAddress.parse(url))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("setting 'database-url' ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:hush-hush@db:99999/store",
        "postgresql://me:hush-hush@db:0/store",
        "postgresql://me:hush-hush@db:000/store",
        "postgresql://me:hush-hush@db:port/store",
        "postgresql://me:hush-hush@db:/store",
        "postgresql://me:hush-hush@db:5432,other:65536/store",
        "postgresql://me:hush-hush@[::1]:65536/store",
        "postgresql://me:hush-hush@db:99999999999999999999/store",
        "jdbc:postgresql://db:99999/store?password=hush-hush",
        "jdbc:postgresql://db:-1/store?password=hush-hush",
      })
  void a_port_that_is_none_is_refused_and_nothing_else_is_told(String url) {
    assertThatThrownBy(() -> StoreAddress.parse(url))
        .isInstanceOf(ConfigException.class)
        .hasMessage("setting 'database-url' must have a port between 1 and 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:hush-hush%zz@db/store",
        "postgresql://me:hush-hush@db/st%zzore",
        "postgresql://me:hush hush@db/store",
        "jdbc:postgresql://db/store%zz?password=hush-hush",
        "jdbc:postgresql://me:hush-hush@db/store",
        "jdbc:postgresql:/hush-hush",
        "jdbc:mysql://me:hush-hush@db/store",
      })
  void what_is_no_address_is_not_repeated(String url) {
    assertThatThrownBy(() -> StoreAddress.parse(url))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("setting 'database-url' ")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://one:5432,two:5433/store",
        "postgresql://[::1]:5432/store",
        "jdbc:postgresql://db:1/store?password=a:b",
        "jdbc:postgresql:store",
        "postgresql://db:65535/store"
      })
  void several_hosts_and_no_host_will_do(String url) {
    assertThat(StoreAddress.parse(url).url()).startsWith("jdbc:postgresql:");
  }
}
