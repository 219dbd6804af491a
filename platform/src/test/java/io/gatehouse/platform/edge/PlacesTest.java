package io.gatehouse.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.operation.Revocation;
import io.gatehouse.platform.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places(new Places.Bounds(32, 16, 8));
  private final List<Places.Place> taken = new ArrayList<>();

  private static Principal principal(int organization, int id) {
    return new Principal(
        new UUID(organization, id), "", "", new Tenant(new UUID(0, organization)), List.of());
  }

  /** Takes all that there are; tells how many. */
  private int fill(Principal principal, Revocation revocation) {
    int count = 0;
    for (Places.Place place = places.take(principal, revocation);
        place != null;
        place = places.take(principal, revocation)) {
      taken.add(place);
      count++;
    }
    return count;
  }

  @Test
  void each_principal_organization_and_all_together_have_no_more_than_their_share() {
    assertThat(fill(principal(1, 1), Revocation.NO)).isEqualTo(8);
    assertThat(fill(principal(1, 2), Revocation.NO)).isEqualTo(8);
    assertThat(fill(principal(1, 3), Revocation.NO)).isZero();
    assertThat(fill(principal(2, 1), Revocation.NO)).isEqualTo(8);
    assertThat(fill(principal(3, 1), Revocation.NO)).isEqualTo(8);
    assertThat(fill(principal(4, 1), Revocation.NO)).isZero();
  }

  @Test
  void whatever_is_full_a_revocation_finds_a_place() {
    for (int i = 1; i <= 4; i++) {
      fill(principal(i, 1), Revocation.NO);
      fill(principal(i, 2), Revocation.NO);
    }

    assertThat(places.take(principal(1, 1), Revocation.YES)).isNotNull();
    assertThat(places.take(principal(1, 3), Revocation.YES)).isNotNull();
    assertThat(places.take(principal(4, 1), Revocation.YES)).isNotNull();
  }

  @Test
  void what_may_revoke_has_places_that_neither_grants_nor_its_own_bodies_fill_for_revocations() {
    fill(principal(1, 1), Revocation.NO);

    assertThat(fill(principal(1, 1), Revocation.POSSIBLE)).isEqualTo(1);
    assertThat(places.take(principal(1, 1), Revocation.YES)).isNotNull();
  }

  @Test
  void revocations_too_have_an_end() {
    assertThat(fill(principal(1, 1), Revocation.YES)).isEqualTo(8 + 1);
    assertThat(fill(principal(1, 2), Revocation.YES)).isEqualTo(8 + 1);
    assertThat(fill(principal(1, 3), Revocation.YES)).isZero();
    assertThat(fill(principal(2, 1), Revocation.YES)).isEqualTo(8 + 1);
  }

  @Test
  void a_place_that_was_given_back_is_there_for_the_next() {
    for (int round = 0; round < 3; round++) {
      assertThat(fill(principal(1, 1), Revocation.YES)).isEqualTo(9);
      taken.forEach(Places.Place::release);
      taken.clear();
    }
    Objects.requireNonNull(places.take(principal(1, 1), Revocation.NO)).release();
  }

  @Test
  void who_was_refused_holds_nothing() {
    fill(principal(1, 1), Revocation.NO);
    fill(principal(1, 2), Revocation.NO);
    for (int i = 0; i < 100; i++) {
      assertThat(places.take(principal(1, 3), Revocation.NO)).isNull();
    }
    taken.removeFirst().release();

    assertThat(fill(principal(1, 3), Revocation.NO)).isEqualTo(1);
    assertThat(fill(principal(2, 1), Revocation.NO)).isEqualTo(8);
    assertThat(fill(principal(3, 1), Revocation.NO)).isEqualTo(8);
  }
}
